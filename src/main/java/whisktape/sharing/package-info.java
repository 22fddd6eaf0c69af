/** Recordings as single files that are handed on: packed for others, and unpacked with nothing in them believed. */
package whisktape.sharing;

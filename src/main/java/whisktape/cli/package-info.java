/** The command line: arguments in, text and an exit code out. One class per verb, each a thin call into one other room. */
package whisktape.cli;

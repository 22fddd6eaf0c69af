/** The shapes of messages: found once, and recognised in the next messages in one pass over their bytes. */
package whisktape.shapes;

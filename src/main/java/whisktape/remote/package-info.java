/** Folders on HDFS and in object stores, as paths of the JDK: whoever takes a {@link java.nio.file.Path} takes them. */
package whisktape.remote;

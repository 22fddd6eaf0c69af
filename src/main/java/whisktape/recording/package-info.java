/**
 * Recordings on disk: the manifest, the Parquet segments and their columns, sealing, merging, reading back, verifying.
 */
package whisktape.recording;

package whisktape.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import whisktape.WhisktapeException;
import whisktape.remote.Places;

/** A path, or a URI like {@code hdfs://namenode/run1}, wherever a path is asked for. */
final class PlaceConverter implements ITypeConverter<Path> {
    @Override
    public Path convert(String text) {
        try {
            return Places.of(text);
        } catch (InvalidPathException | WhisktapeException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}

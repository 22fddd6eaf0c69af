package whisktape.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import whisktape.Partitions;

/** {@code 0-3}, {@code 5}, {@code 0-3,8} or {@code 8-}. */
final class PartitionsConverter implements ITypeConverter<Partitions> {
    @Override
    public Partitions convert(String text) {
        try {
            return Partitions.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}

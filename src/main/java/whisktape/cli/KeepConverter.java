package whisktape.cli;

import java.util.Iterator;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import whisktape.sharing.Keep;

/** What may be kept, as users write it: {@code user-ids}. */
final class KeepConverter implements ITypeConverter<Keep>, Iterable<String> {
    @Override
    public Keep convert(String text) {
        return Stream.of(Keep.values())
                .filter(keep -> keep.toString().equals(text))
                .findAny()
                .orElseThrow(() -> new TypeConversionException(
                        "it got " + text + ", and takes of these: " + String.join(", ", this)));
    }

    /** All of them, for help and completion. */
    @Override
    public Iterator<String> iterator() {
        return Stream.of(Keep.values()).map(Keep::toString).iterator();
    }
}

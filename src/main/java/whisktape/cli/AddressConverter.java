package whisktape.cli;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How Kafka's address is written on the command line: {@code HOST:PORT}, several separated by commas. */
final class AddressConverter implements ITypeConverter<String> {
    /** A name or an address, of IPv6 in brackets. */
    static final String HOST = "([^\\s:,/\\[\\]]+|\\[[0-9A-Fa-f:.%]+])";

    private static final Pattern ADDRESS = Pattern.compile("([A-Za-z_]+://)?" + HOST + ":\\d{1,5}");

    @Override
    public String convert(String text) {
        for (String address : text.split(",", -1)) {
            if (!ADDRESS.matcher(address.strip()).matches()) {
                throw new TypeConversionException(
                        "'" + text + "' is no address; it takes HOST:PORT, several separated by commas");
            }
        }
        return text;
    }
}

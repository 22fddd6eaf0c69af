package whisktape.cli;

import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How a receiver of UDP is written on the command line: one {@code HOST:PORT}. The name is not looked up here. */
final class UdpAddressConverter implements ITypeConverter<InetSocketAddress> {
    private static final Pattern ADDRESS = Pattern.compile(AddressConverter.HOST + ":(\\d{1,5})");
    private static final int LAST_PORT = 65_535;

    @Override
    public InetSocketAddress convert(String text) {
        Matcher address = ADDRESS.matcher(text);
        int port = address.matches() ? Integer.parseInt(address.group(2)) : 0;
        if (port < 1 || port > LAST_PORT) {
            throw new TypeConversionException("'" + text + "' is no address; it takes HOST:PORT");
        }
        return InetSocketAddress.createUnresolved(address.group(1), port);
    }
}

package whisktape.recording;

import com.github.luben.zstd.util.ZstdVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The library that zstd-jni loads. By itself it would unpack it into the temp folder at each start, where a killed process leaves it, and
 * from where not every machine loads one. The build unpacks it beside the jar.
 */
public final class ZstdLibrary {
    private ZstdLibrary() {}

    /** Has zstd-jni load the one beside whisktape's jar, where there is one for this machine; before anything is packed, by Kafka's client too. */
    public static void useThatBesideTheJar() {
        Path library = beside(
                Path.of(System.getProperty("java.class.path")),
                System.getProperty("os.name").toLowerCase(Locale.ROOT),
                System.getProperty("os.arch"));
        if (Files.exists(library)) {
            System.setProperty("ZstdNativePath", library.toAbsolutePath().toString());
        }
    }

    private static Path beside(Path jar, String system, String processor) {
        boolean isMac = system.startsWith("mac");
        String name = "libzstd-jni-" + ZstdVersion.VERSION + (isMac ? ".dylib" : ".so");
        return jar.resolveSibling(Path.of("lib", "zstd", isMac ? "darwin" : system, processor, name));
    }
}

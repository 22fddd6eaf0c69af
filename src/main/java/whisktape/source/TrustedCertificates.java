package whisktape.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import whisktape.WhisktapeException;

/** TLS that trusts the certificates of one file and nobody else. */
final class TrustedCertificates {
    private TrustedCertificates() {}

    /** The certificates of a PEM file. Throws {@link WhisktapeException} where there are none. */
    static SSLContext only(Path file) {
        try {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int count = 0;
            for (Certificate certificate : read(file)) {
                trusted.setCertificateEntry("ca" + count++, certificate);
            }
            if (count == 0) {
                throw new CertificateException("there is no certificate in it");
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException e) {
            throw WhisktapeException.refused("cannot read the CA file " + file + ": check --couchdb-ca", e);
        } catch (GeneralSecurityException e) {
            throw WhisktapeException.refused(
                    "cannot use the CA file " + file + ": " + e.getMessage()
                            + "; --couchdb-ca takes certificates in PEM",
                    e);
        }
    }

    private static Collection<? extends Certificate> read(Path file) throws IOException, CertificateException {
        try (InputStream in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in);
        }
    }
}

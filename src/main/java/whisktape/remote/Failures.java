package whisktape.remote;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.PathIsNotDirectoryException;
import org.apache.hadoop.fs.PathIsNotEmptyDirectoryException;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.security.AccessControlException;

/** What Hadoop throws as what the JDK throws. */
final class Failures {
    private Failures() {}

    static IOException of(RemotePath path, IOException e) {
        IOException cause = e instanceof RemoteException remote ? remote.unwrapRemoteException() : e;
        if (cause instanceof FileNotFoundException) {
            return caused(new NoSuchFileException(path.toString()), e);
        }
        if (cause instanceof org.apache.hadoop.fs.FileAlreadyExistsException) {
            return caused(new FileAlreadyExistsException(path.toString()), e);
        }
        if (cause instanceof PathIsNotEmptyDirectoryException) {
            return caused(new DirectoryNotEmptyException(path.toString()), e);
        }
        if (cause instanceof ParentNotDirectoryException || cause instanceof PathIsNotDirectoryException) {
            return caused(new NotDirectoryException(path.toString()), e);
        }
        if (cause instanceof AccessControlException || cause instanceof java.nio.file.AccessDeniedException) {
            return caused(new AccessDeniedException(path.toString(), null, reason(e)), e);
        }
        return new IOException(reason(e), e);
    }

    /** In one line: servers append their stack traces. */
    static String reason(Throwable e) {
        String message = e.getMessage();
        return message == null || message.isBlank()
                ? e.getClass().getSimpleName()
                : message.lines().findFirst().orElse(message).strip();
    }

    static IOException caused(IOException translated, IOException cause) {
        translated.initCause(cause);
        return translated;
    }
}

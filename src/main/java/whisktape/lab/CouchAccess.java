package whisktape.lab;

import com.sun.net.httpserver.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who may read and write. Without users everybody; with users as CouchDB has it: six wrong passwords lock a user out for five
 * minutes, even with the right one.
 */
final class CouchAccess {
    private static final int WRONG_BEFORE_LOCKOUT = 6;
    private static final long LOCKOUT_NANOS = Duration.ofMinutes(5).toNanos();
    private static final String COOKIE = "AuthSession=";

    private final Map<String, String> passwords = new ConcurrentHashMap<>();
    private final Set<String> sessions = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> wrong = new HashMap<>();
    private final Map<String, Long> lockedSinceNanos = new HashMap<>();

    void addUser(String user, String password) {
        passwords.put(user, password);
    }

    /** Ends all sessions, as time does. */
    void expireSessions() {
        sessions.clear();
    }

    /** Throws {@link CouchError} unless the request comes from somebody known. */
    void check(Headers headers) {
        if (passwords.isEmpty()) {
            return;
        }
        String authorization = headers.getFirst("Authorization");
        if (authorization != null && authorization.startsWith("Basic ")) {
            checkBasic(authorization.substring("Basic ".length()));
            return;
        }
        String cookie = headers.getFirst("Cookie");
        if (cookie == null || !cookie.startsWith(COOKIE) || !sessions.contains(cookie.substring(COOKIE.length()))) {
            throw new CouchError(401, "unauthorized", "You are not authorized to access this db.");
        }
    }

    /** Begins a session; its cookie. */
    String login(String user, String password) {
        checkPassword(user, password);
        String session = UUID.randomUUID().toString();
        sessions.add(session);
        return COOKIE + session + "; Version=1; Path=/; HttpOnly";
    }

    private void checkBasic(String encoded) {
        String[] parts = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8).split(":", 2);
        checkPassword(parts[0], parts.length == 2 ? parts[1] : "");
    }

    private synchronized void checkPassword(String user, String password) {
        Long lockedSince = lockedSinceNanos.get(user);
        if (lockedSince != null && System.nanoTime() - lockedSince < LOCKOUT_NANOS) {
            throw new CouchError(
                    403, "forbidden", "Account is temporarily locked due to multiple authentication failures");
        }
        if (password.equals(passwords.get(user))) {
            wrong.remove(user);
            return;
        }
        if (passwords.containsKey(user) && wrong.merge(user, 1, Integer::sum) >= WRONG_BEFORE_LOCKOUT) {
            lockedSinceNanos.put(user, System.nanoTime());
        }
        throw new CouchError(401, "unauthorized", "Name or password is incorrect.");
    }
}

package whisktape.sharing;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Tells what looks like a secret, whatever it was before: by its form, or because nobody writes like that. */
final class SecretPatterns {
    private static final Pattern API_KEY =
            Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}:[A-Za-z0-9]{8,}");
    private static final Pattern BEARER =
            Pattern.compile("\\b(bearer|basic)\\s+[A-Za-z0-9._~+/-]{8,}=*", Pattern.CASE_INSENSITIVE);
    private static final Pattern PRIVATE_KEY = Pattern.compile("-----BEGIN [A-Z ]{0,40}PRIVATE KEY");
    private static final Pattern E_MAIL =
            Pattern.compile("[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(\\.[A-Za-z0-9-]{1,63}){0,8}\\.[A-Za-z]{2,24}");
    private static final Pattern PASSWORD_IN_URL = Pattern.compile("://[^/\\s:@]{1,100}:[^/\\s@]{1,100}@");
    private static final Pattern ISSUED = Pattern.compile("\\b(AKIA|ASIA)[0-9A-Z]{16}\\b"
            + "|\\b(ghp|gho|ghs|github_pat|glpat|xox[abp]|sk_live|sk-ant|sk-proj)[_-][A-Za-z0-9_-]{10,}|\\bAIza[A-Za-z0-9_-]{30,}"
            + "|\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}");

    private static final Pattern RUN = Pattern.compile("[A-Za-z0-9+/_=-]{20,}");
    private static final Pattern OURS = Pattern.compile(
            "[0-9a-fA-F]{32}|\\d{1,9}-[0-9a-f]{32}|[0-9a-f]{40}" + "|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern HEXADECIMAL = Pattern.compile("[0-9a-fA-F]{32,}");
    private static final int UUID_LENGTH = 36;
    private static final int SHORTEST = 8;
    private static final int SHORTEST_RUN = 20;

    private SecretPatterns() {}

    /** What a text looks like; empty if it looks harmless. */
    static Optional<String> find(String text) {
        if (text.length() < SHORTEST) {
            return Optional.empty();
        }
        return inPage(text)
                .or(() -> is(text.indexOf('@') >= 0, E_MAIL, text, "an e-mail address"))
                .or(() -> is(text.indexOf('@') >= 0, PASSWORD_IN_URL, text, "a password in a URL"))
                .or(() -> is(true, ISSUED, text, "a token"))
                .or(() -> randomRun(text));
    }

    /** The same for bytes in which other values stand around; only what cannot be there by chance. */
    static Optional<String> inPage(String text) {
        return is(text.contains("-----BEGIN"), PRIVATE_KEY, text, "a private key")
                .or(() -> is(mayHoldApiKey(text), API_KEY, text, "an API key"))
                .or(() -> is(mayHoldLogin(text), BEARER, text, "a token or password for a request"));
    }

    /** Looking at every byte takes long in the pages of a large recording. */
    private static boolean mayHoldApiKey(String text) {
        for (int colon = text.indexOf(':'); colon >= 0; colon = text.indexOf(':', colon + 1)) {
            if (colon >= UUID_LENGTH && text.charAt(colon - 13) == '-' && text.charAt(colon - 18) == '-') {
                return true;
            }
        }
        return false;
    }

    private static boolean mayHoldLogin(String text) {
        return Stream.of("earer", "EARER", "asic", "ASIC").anyMatch(text::contains);
    }

    private static Optional<String> is(boolean mayBe, Pattern pattern, String text, String what) {
        return mayBe && pattern.matcher(text).find() ? Optional.of(what) : Optional.empty();
    }

    private static Optional<String> randomRun(String text) {
        if (text.length() < SHORTEST_RUN) {
            return Optional.empty();
        }
        Matcher run = RUN.matcher(text);
        while (run.find()) {
            if (isRandom(withoutOurs(run.group()))) {
                return Optional.of("a text that looks random");
            }
        }
        return Optional.empty();
    }

    /** Pseudonyms and ids are random too, and may leave. */
    private static String withoutOurs(String run) {
        StringBuilder left = new StringBuilder();
        for (String part : run.split("/")) {
            if (!OURS.matcher(part).matches() && !Pseudonyms.isOne(part)) {
                left.append(part);
            }
        }
        return left.toString();
    }

    /** Words change between small letters, capitals and digits now and then; what is drawn at random does it all the time. */
    private static boolean isRandom(String run) {
        if (run.length() < SHORTEST_RUN) {
            return false;
        }
        int letters = 0;
        int digits = 0;
        int changes = 0;
        int before = 0;
        for (int i = 0; i < run.length(); i++) {
            int kind = kind(run.charAt(i));
            letters += kind == 1 || kind == 2 ? 1 : 0;
            digits += kind == 3 ? 1 : 0;
            changes += kind != 0 && before != 0 && kind != before ? 1 : 0;
            before = kind == 0 ? before : kind;
        }
        if (letters < 4) {
            return false;
        }
        double share = changes / (double) (run.length() - 1);
        return share >= (digits >= 2 ? 0.28 : 0.45)
                || digits >= 2 && HEXADECIMAL.matcher(run).matches();
    }

    private static int kind(char c) {
        if (c >= 'a' && c <= 'z') {
            return 1;
        }
        if (c >= 'A' && c <= 'Z') {
            return 2;
        }
        return c >= '0' && c <= '9' ? 3 : 0;
    }
}

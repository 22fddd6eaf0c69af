package whisktape.cli;

/** Completion for zsh: a file for a folder of {@code $fpath}, around what bash uses. */
final class ZshCompletion {
    private ZshCompletion() {}

    static String of(String name, String bash) {
        return """
                #compdef %1$s
                # zsh runs bash's completion functions, all but compopt; the last line answers the request that loaded this file.
                autoload -U +X bashcompinit && bashcompinit
                (( $+functions[compopt] )) || compopt() { : }
                %2$s
                _bash_complete -o default -F _complete_%1$s
                """.formatted(name, bash.strip());
    }
}

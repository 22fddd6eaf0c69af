package whisktape.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import whisktape.WhisktapeException;

/** The command whose run is recorded; none is a workload that is over. */
final class Workload {
    private final List<String> command;
    private volatile Process process;

    Workload(List<String> command) {
        this.command = command;
    }

    void start() {
        if (command.isEmpty()) {
            return;
        }
        try {
            process = new ProcessBuilder(command).inheritIO().start();
        } catch (IOException e) {
            throw new WhisktapeException("cannot start " + command.get(0) + ": " + e.getMessage(), e);
        }
    }

    boolean isOver() {
        return command.isEmpty() || process != null && !process.isAlive();
    }

    /** Its process id, if it was started and has not ended. */
    Optional<Long> running() {
        return Optional.ofNullable(process).filter(Process::isAlive).map(Process::pid);
    }

    /** Its exit code; 0 while it still runs. */
    int exitCode() {
        return process == null || process.isAlive() ? 0 : process.exitValue();
    }
}

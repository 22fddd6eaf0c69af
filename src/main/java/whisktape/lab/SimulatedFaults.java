package whisktape.lab;

/**
 * What goes wrong with an action, each as a share of its activations; of cold starts only for the last two.
 *
 * @param applicationError it answers with an error: status 1
 * @param crash its process ends without an answer: status 2, and the logs come late
 * @param developerError it answers with what is no answer: status 2
 * @param initError its code cannot be initialised: status 2
 * @param failedStart no container comes up: status 3, nothing ran
 */
public record SimulatedFaults(
        double applicationError, double crash, double developerError, double initError, double failedStart) {
    public static final SimulatedFaults NONE = new SimulatedFaults(0, 0, 0, 0, 0);

    /** Nothing but answers with an error. */
    public static SimulatedFaults applicationErrors(double share) {
        return new SimulatedFaults(share, 0, 0, 0, 0);
    }
}

package whisktape.source;

/**
 * Which setting to change, by the way in which OpenWhisk was deployed. Names are those of its deployments' files; the
 * environment of a container takes any setting as {@code CONFIG_} and its key.
 *
 * @param ansible OpenWhisk's playbooks
 * @param helm the chart of openwhisk-deploy-kube
 * @param compose docker-compose of openwhisk-devtools
 * @param standalone the one jar
 */
public record Remedy(String ansible, String helm, String compose, String standalone) {
    private static final String COMPOSE_FILE = " in docker-whisk-controller.env";

    static final Remedy KAFKA_ADDRESS = new Remedy(
            "--kafka HOST:9093, the listener EXTERNAL (with kafka_protocol: SSL also --kafka-config; lean has no Kafka)",
            "--kafka <release>-kafka-0.<release>-kafka.<namespace>.svc.<domain>:9092, only from inside of the namespace",
            "--kafka kafka:9092, with the name kafka in /etc/hosts (lean has no Kafka)",
            "start it with --kafka or --user-events, then --kafka localhost:9092");

    static final Remedy TOPIC = new Remedy(
            "--topic with kafka_topics_prefix before events; a controller that starts creates it",
            "--topic events; a controller that starts creates it",
            "--topic events; a controller that starts creates it",
            "start it with --user-events, then --topic events");

    static final Remedy USER_EVENTS = new Remedy(
            "user_events_enabled: true",
            "metrics.userMetricsEnabled: true",
            "CONFIG_whisk_userEvents_enabled=true" + COMPOSE_FILE + ", for controller and invoker",
            "--user-events");

    static final Remedy RETENTION = new Remedy(
            "CONFIG_whisk_kafka_topics_events_retentionMs=3600000 for the controller",
            "whisk.kafka.topics.events.retentionMs: 3600000",
            "CONFIG_whisk_kafka_topics_events_retentionMs=3600000" + COMPOSE_FILE,
            "whisk.kafka.topics.events.retention-ms = 3600000");

    static final Remedy RETENTION_BYTES = new Remedy(
            "CONFIG_whisk_kafka_topics_events_retentionBytes=1073741824 for the controller",
            "whisk.kafka.topics.events.retentionBytes: 1073741824",
            "CONFIG_whisk_kafka_topics_events_retentionBytes=1073741824" + COMPOSE_FILE,
            "whisk.kafka.topics.events.retention-bytes = 1073741824");

    static final Remedy CLOCKS = new Remedy(
            "chrony or NTP on all hosts, and on this one",
            "chrony or NTP on all nodes, and on this host",
            "chrony or NTP on the host of Docker, and on this one",
            "chrony or NTP on both hosts");

    static final Remedy BROKERS = new Remedy(
            "start all hosts of the inventory's group kafkas",
            "start all pods of <release>-kafka",
            "start the service kafka",
            "start it again with --user-events");

    static final Remedy COUCH_ADDRESS = new Remedy(
            "--couchdb http://HOST:5984/whisk_local_activations",
            "--couchdb http://<release>-couchdb:5984/test_activations, from inside of the namespace",
            "--couchdb http://localhost:5984/local_activations",
            "start it with --couchdb, then --couchdb http://localhost:5984/whisk_local_activations");

    static final Remedy CREDENTIALS = new Remedy(
            "WHISKTAPE_COUCHDB_USER and _PASSWORD as in db_local.ini, by default whisk_admin's",
            "WHISKTAPE_COUCHDB_USER and _PASSWORD as in the secret <release>-db.auth",
            "WHISKTAPE_COUCHDB_USER and _PASSWORD as the service db was given them, by default whisk_admin's",
            "WHISKTAPE_COUCHDB_USER and _PASSWORD, by default whisk_admin's");

    static final Remedy DATABASE = new Remedy(
            "the database is db_prefix and activations: whisk_local_activations; initdb.yml and wipe.yml create it",
            "the database is test_activations",
            "the database is local_activations",
            "start it with --couchdb; the database is whisk_local_activations");

    static final Remedy ACTIVATION_STORE = new Remedy(
            "db_activation_backend: CouchDB",
            "CONFIG_whisk_spi_ActivationStoreProvider of controller and invoker: CouchDB's, not Elasticsearch's",
            "CONFIG_whisk_spi_ActivationStoreProvider" + COMPOSE_FILE + ": CouchDB's, not Elasticsearch's",
            "--couchdb; without it activations are in memory only");

    static final Remedy STORE_LEVELS = new Remedy(
            levels(" for controller and invoker"),
            levels(" for controller and invoker"),
            levels(COMPOSE_FILE),
            "whisk.activation.store-blocking-result-level and store-non-blocking-result-level = STORE_ALWAYS");

    private static String levels(String where) {
        return "CONFIG_whisk_activation_storeBlockingResultLevel and _storeNonBlockingResultLevel=STORE_ALWAYS" + where;
    }

    /** As the end of a line. */
    @Override
    public String toString() {
        return "ansible: " + ansible + "; helm: " + helm + "; compose: " + compose + "; standalone: " + standalone;
    }
}

package whisktape.lab;

import static whisktape.lab.SimulatedAction.primitive;
import static whisktape.lab.SimulatedTime.bimodal;
import static whisktape.lab.SimulatedTime.lognormal;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The plans that come with whisktape: a web shop and those who work for it. */
final class SimulationPresets {
    private static final List<String> TENANTS = List.of("shop", "mobile", "partners", "stores", "support");

    private SimulationPresets() {}

    static SimulationPlan calm() {
        SimulationPlan plan = SimulationPlan.empty()
                .warmedUpFor(Duration.ofMinutes(2))
                // Containers are not paused, as on Kubernetes, and there is room: else pauses and evictions would show.
                .on(SimulatedPlatform.DEFAULT.withInvokers(10, 4096).withPauseGrace(Duration.ofMinutes(10)));
        for (String name : List.of("shop", "mobile", "partners", "stores", "support", "catalog", "billing")) {
            plan = plan.with(SimulatedNamespace.of(name));
        }
        plan = withCatalog(plan);
        plan = withShop(plan);
        return withBilling(plan);
    }

    /** Actions of one owner that all tenants call through bindings: each of them has another home for each of them. */
    private static SimulationPlan withCatalog(SimulationPlan before) {
        SimulationPlan plan = before.with(primitive("catalog/images/resize", lognormal(110, 0.3))
                        .ofKind("python:3.11")
                        .answering(SimulatedAnswer.of("{\"width\":640}").paddedUpTo(400)))
                .with(primitive("catalog/search/query", bimodal(lognormal(35, 0.4), 0.1, lognormal(90, 0.3)))
                        .answering(SimulatedAnswer.of("{\"hits\":12}").paddedUpTo(1_500)))
                .with(primitive("catalog/search/suggest", lognormal(14, 0.3)).withMemory(128));
        Map<String, Double> perSecond =
                new TreeMap<>(Map.of("shop", 8.0, "mobile", 6.0, "partners", 4.0, "stores", 3.0, "support", 2.0));
        for (String tenant : TENANTS) {
            double rate = perSecond.get(tenant);
            plan = plan.with(open(tenant, "catalog/images/resize", rate / 2, tenant + "/images"))
                    .with(open(tenant, "catalog/search/query", rate, tenant + "/search"))
                    .with(open(tenant, "catalog/search/suggest", rate / 2, tenant + "/search"));
        }
        return plan;
    }

    private static SimulationPlan withShop(SimulationPlan plan) {
        return plan.with(primitive("shop/cart", lognormal(22, 0.4)).withMemory(128))
                .with(primitive("shop/price", lognormal(12, 0.3)).withMemory(128))
                .with(primitive("shop/checkout", lognormal(160, 0.3)))
                .with(primitive("shop/reserve", lognormal(45, 0.4)).withMemory(128))
                .with(primitive("shop/page", lognormal(30, 0.3))
                        .withConcurrency(8)
                        .answering(SimulatedAnswer.web(200)))
                .with(new SimulatedAction.Sequence("shop/order", List.of("shop/cart", "shop/price", "shop/checkout")))
                .with(new SimulatedAction.Sequence("shop/fulfil", List.of("shop/order", "shop/reserve")))
                // Each step is called alone too: else nobody could tell a slow step from a slow action.
                .with(open("shop", "shop/cart", 5))
                .with(open("shop", "shop/price", 2))
                .with(open("shop", "shop/checkout", 0.5))
                .with(open("shop", "shop/reserve", 2))
                .with(open("shop", "shop/page", 12))
                .with(open("shop", "shop/order", 3))
                .with(open("shop", "shop/fulfil", 1));
    }

    private static SimulationPlan withBilling(SimulationPlan plan) {
        return plan.with(primitive("billing/invoice", lognormal(240, 0.3)).ofKind("java:17"))
                .with(primitive("billing/tax", lognormal(16, 0.3)).withMemory(128))
                .with(new SimulatedAction.Composition(
                        primitive("billing/settle", lognormal(6, 0.3)).withMemory(128),
                        List.of("billing/tax", "billing/invoice")))
                .with(new SimulatedTrigger(
                        "billing/order-placed",
                        List.of(
                                new SimulatedTrigger.Rule("billing/order-to-invoice", "billing/invoice"),
                                new SimulatedTrigger.Rule("billing/order-to-tax", "billing/tax"))))
                .with(open("billing", "billing/invoice", 2))
                .with(open("billing", "billing/settle", 1))
                .with(open("billing", "billing/order-placed", 1.5));
    }

    static SimulationPlan ofEverything() {
        return calm().on(SimulatedPlatform.DEFAULT)
                .under(SimulationConditions.REAL)
                .warmedUpFor(Duration.ZERO)
                .with(SimulatedNamespace.withDefaultLimits("students"))
                .with(primitive("students/homework", lognormal(120, 0.6))
                        .with(new SimulatedFaults(0.06, 0.01, 0.02, 0.05, 0.05)))
                .with(primitive("students/endless", bimodal(lognormal(80, 0.4), 0.1, SimulatedTime.fixed(5_000)))
                        .withTimeout(1_000)
                        .answering(SimulatedAnswer.OK.logging(2)))
                .with(primitive("students/heavy", lognormal(40, 0.3))
                        .withTimeout(800)
                        .withInit(lognormal(600, 0.3)))
                .with(new SimulatedAction.Sequence("students/week", List.of("students/homework", "students/endless")))
                .with(new SimulatedTrigger(
                        "students/bell",
                        List.of(
                                new SimulatedTrigger.Rule("students/ring", "students/homework"),
                                new SimulatedTrigger.Rule("students/start", "students/week"))))
                .with(open("students", "students/homework", 0.5))
                .with(open("students", "students/endless", 0.2))
                .with(open("students", "students/heavy", 0.01))
                .with(open("students", "students/week", 0.1))
                .with(new SimulatedLoad.Bursts(
                        SimulatedTarget.of("students", "students/homework"),
                        Duration.ofSeconds(20),
                        Duration.ofMinutes(1),
                        60,
                        Duration.ofMillis(5)))
                .with(new SimulatedLoad.Bursts(
                        SimulatedTarget.of("students", "students/bell"),
                        Duration.ofSeconds(21),
                        Duration.ofSeconds(20),
                        1,
                        Duration.ZERO))
                .with(new SimulatedLoad.Closed(SimulatedTarget.of("support", "shop/page"), 3, lognormal(800, 0.5)));
    }

    private static SimulatedLoad open(String namespace, String path, double perSecond) {
        return new SimulatedLoad.Open(SimulatedTarget.of(namespace, path), perSecond);
    }

    private static SimulatedLoad open(String namespace, String path, double perSecond, String binding) {
        SimulatedTarget target = SimulatedTarget.of(namespace, path);
        return new SimulatedLoad.Open(target.through(binding), perSecond);
    }
}

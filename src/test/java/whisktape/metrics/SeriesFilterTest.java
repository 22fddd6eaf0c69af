package whisktape.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeriesFilterTest {
    private static final Map<String, String> SERIES =
            Map.of("namespace", "shop", "initiator", "mobile", "action", "cart/add", "invoker", "invoker1");

    @Test
    void anActionIsItsOwnersNamespaceAndItsName() {
        assertThat(filter(Set.of("shop/cart/add"), Set.of(), Set.of()).test(SERIES))
                .isTrue();
        assertThat(filter(Set.of("mobile/cart/add"), Set.of(), Set.of()).test(SERIES))
                .isFalse();
    }

    @Test
    void aNamespaceOwnsOrCalls() {
        assertThat(filter(Set.of(), Set.of("shop"), Set.of()).test(SERIES)).isTrue();
        assertThat(filter(Set.of(), Set.of("mobile"), Set.of()).test(SERIES)).isTrue();
        assertThat(filter(Set.of(), Set.of("stores"), Set.of()).test(SERIES)).isFalse();
    }

    @Test
    void anInvokerIsToldApartWhereSeriesHaveOne() {
        SeriesFilter invoker0 = filter(Set.of(), Set.of(), Set.of("invoker0"));

        assertThat(invoker0.test(SERIES)).isFalse();
        assertThat(invoker0.test(Map.of("namespace", "shop", "initiator", "mobile", "action", "cart/add")))
                .isTrue();
    }

    @Test
    void whatIsAboutNobodyStays() {
        assertThat(filter(Set.of("a/b"), Set.of("c"), Set.of("d")).test(Map.of("status", "success")))
                .isTrue();
    }

    @Test
    void aNamespaceWithoutActionsStaysWithItsActions() {
        assertThat(filter(Set.of("shop/cart/add"), Set.of(), Set.of()).test(Map.of("namespace", "shop")))
                .isTrue();
    }

    private static SeriesFilter filter(Set<String> actions, Set<String> namespaces, Set<String> invokers) {
        return new SeriesFilter(actions, namespaces, invokers);
    }
}

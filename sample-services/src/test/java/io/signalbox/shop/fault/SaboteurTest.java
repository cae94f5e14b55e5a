package io.signalbox.shop.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.signalbox.mesh.model.Switch;
import io.signalbox.mesh.model.status.FaultStatus;
import io.signalbox.shop.web.Application;
import io.signalbox.shop.web.Call;
import io.signalbox.shop.web.Chance;
import io.signalbox.shop.web.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SaboteurTest {

    private static final int MANY = 4_000;
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final List<Duration> pauses = new ArrayList<>();
    private final FaultBoard faults = new FaultBoard(() -> NOW);
    private final Saboteur saboteur = new Saboteur(faults, pauses::add);

    private Application around(String service, String version, String instance) {
        return saboteur.around(service, version, instance, call -> Reply.ok("fine"), Chance.of(5, instance));
    }

    private static Call get(String path, String category) {
        return new Call("GET", path, category.isEmpty() ? Map.of() : Map.of("category", category), Map.of(), "");
    }

    private static long failures(Application application, Call call) {
        return IntStream.range(0, MANY)
                .filter(_ -> application.answer(call).status() >= 500)
                .count();
    }

    @Test
    void nothingHappensWhileEveryFaultIsOff() {
        for (String service : List.of("catalog", "ratings", "payment", "reviews")) {
            assertThat(failures(around(service, "v2", service + "-2"), get("/items", "garden")))
                    .isZero();
        }
        assertThat(pauses).isEmpty();
        assertThat(faults.statuses()).allMatch(fault -> fault.position() == Switch.OFF && fault.since() == null);
    }

    @Test
    void theBadCanaryFailsAFifthOfOneCategoryAndIsSometimesCold() {
        faults.switchTo("bad-canary", Switch.ON);
        Application canary = around("catalog", "v2", "catalog-3");
        assertThat(failures(canary, get("/items", "garden"))).isCloseTo(MANY / 5, within(120L));
        assertThat(failures(canary, get("/items", "tea"))).isZero();
        assertThat(failures(canary, get("/health", ""))).isZero();
        assertThat(pauses).hasSizeGreaterThan(MANY / 40).allMatch(pause -> pause.toMillis() >= 150);
        assertThat(failures(around("catalog", "v1", "catalog-1"), get("/items", "garden")))
                .isZero();
    }

    @Test
    void theGrayInstanceIsSlowOnceInTwenty() {
        faults.switchTo("gray-instance", Switch.ON);
        assertThat(failures(around("ratings", "v1", "ratings-2"), get("/ratings", "")))
                .isZero();
        assertThat(pauses).hasSizeBetween(MANY / 25, MANY / 16).containsOnly(Duration.ofMillis(400));
        pauses.clear();
        around("ratings", "v1", "ratings-1").answer(get("/ratings", ""));
        failures(around("ratings", "v1", "ratings-2"), get("/health", ""));
        assertThat(pauses).isEmpty();
    }

    @Test
    void theBurstFailsEveryPaymentButNoHealthCheck() {
        faults.switchTo("payment-burst", Switch.ON);
        Application payment = around("payment", "v1", "payment-1");
        assertThat(payment.answer(get("/payments", "")).status()).isEqualTo(503);
        assertThat(payment.answer(get("/health", "")).status()).isEqualTo(200);
        faults.switchTo("payment-burst", Switch.OFF);
        assertThat(payment.answer(get("/payments", "")).status()).isEqualTo(200);
    }

    @Test
    void theSameSeedFailsTheSameRequests() {
        faults.switchTo("bad-canary", Switch.ON);
        Application one = around("catalog", "v2", "catalog-3");
        Application same = around("catalog", "v2", "catalog-3");
        for (int i = 0; i < 200; i++) {
            assertThat(one.answer(get("/items", "garden")).status())
                    .isEqualTo(same.answer(get("/items", "garden")).status());
        }
    }

    @Test
    void aFaultKnowsSinceWhenAndWhatItTeaches() {
        faults.switchTo("payment-burst", Switch.ON);
        FaultStatus status = faults.statuses().stream()
                .filter(fault -> fault.number() == 3)
                .findFirst()
                .orElseThrow();
        assertThat(status.name()).isEqualTo("payment-burst");
        assertThat(status.position()).isEqualTo(Switch.ON);
        assertThat(status.since()).isEqualTo(NOW);
        assertThat(faults.statuses()).extracting(FaultStatus::number).containsExactly(1, 2, 3, 8);
        assertThat(faults.statuses())
                .allMatch(
                        fault -> fault.summary().endsWith(".") && fault.lesson().endsWith("."));
    }
}

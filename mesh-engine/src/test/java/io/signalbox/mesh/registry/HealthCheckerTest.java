package io.signalbox.mesh.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.Health;
import io.signalbox.mesh.model.ServiceInstance;
import io.signalbox.mesh.time.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class HealthCheckerTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final HealthCheckConfig CHECKS = new HealthCheckConfig(SECOND, 100, Duration.ofMillis(800), 2, 2);
    private static final ProbeResult PASSED = new ProbeResult.Passed();
    private static final ProbeResult FAILED = new ProbeResult.Failed("HTTP 503");

    private final ManualTime time = new ManualTime();
    private final ServiceRegistry registry = new ServiceRegistry(Duration.ofDays(1), time, time);
    private final RecordingListener listener = new RecordingListener();
    private final List<ServiceInstance> probed = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(5);
    private final List<CompletableFuture<ProbeResult>> given = new ArrayList<>();
    private Supplier<CompletableFuture<ProbeResult>> answer = () -> CompletableFuture.completedFuture(PASSED);

    private final HealthChecker checker = new HealthChecker(
            registry,
            instance -> {
                probed.add(instance);
                given.add(answer.get());
                return given.getLast();
            },
            CHECKS,
            time,
            random);

    @Test
    void twoFailedChecksInARowTakeAnInstanceOutAndTwoPassedBringItBack() {
        registry.register(Instances.of("cart", "cart-1"));
        registry.listen(listener);
        answerWith(FAILED);
        time.advance(SECOND);
        assertThat(health()).isEqualTo(Health.HEALTHY);
        time.advance(SECOND);
        assertThat(health()).isEqualTo(Health.UNHEALTHY);

        answerWith(PASSED);
        time.advance(SECOND);
        assertThat(health()).isEqualTo(Health.UNHEALTHY);
        time.advance(SECOND);
        assertThat(health()).isEqualTo(Health.HEALTHY);
        assertThat(listener.taken())
                .containsExactly(
                        "health cart-1 HEALTHY->UNHEALTHY: 2 checks in a row failed: HTTP 503",
                        "endpoints cart []",
                        "health cart-1 UNHEALTHY->HEALTHY: 2 checks in a row passed",
                        "endpoints cart [cart-1]");
    }

    @Test
    void aFailureBetweenPassesStartsTheRowAnew() {
        registry.register(Instances.of("cart", "cart-1"));
        for (int i = 0; i < 10; i++) {
            answerWith(i % 2 == 0 ? FAILED : PASSED);
            time.advance(SECOND);
        }

        assertThat(health()).isEqualTo(Health.HEALTHY);
    }

    @Test
    void anUnknownInstanceBecomesHealthyOnceItPasses() {
        registry.register(Instances.of("cart", "cart-1", 1, Health.UNKNOWN, Map.of()));
        time.advance(SECOND.multipliedBy(2));

        assertThat(health()).isEqualTo(Health.HEALTHY);
    }

    @Test
    void aProbeWithoutAnAnswerCountsAsFailedAfterTheTimeoutAndIsGivenUp() {
        answer = CompletableFuture::new;
        registry.register(Instances.of("cart", "cart-1"));
        registry.listen(listener);
        time.advance(Duration.ofSeconds(4));

        assertThat(given.subList(0, 3)).allMatch(CompletableFuture::isCancelled);
        assertThat(listener.taken())
                .contains("health cart-1 HEALTHY->UNHEALTHY: 2 checks in a row failed: no answer within 800 ms");
    }

    @Test
    void aProbeThatStillRunsIsNotStartedAgain() {
        HealthCheckConfig patient = new HealthCheckConfig(SECOND, 100, Duration.ofSeconds(10), 2, 2);
        List<ServiceInstance> started = new ArrayList<>();
        checker.close();
        try (HealthChecker _ = new HealthChecker(
                registry,
                instance -> {
                    started.add(instance);
                    return new CompletableFuture<>();
                },
                patient,
                time,
                random)) {
            registry.register(Instances.of("cart", "cart-1"));
            time.advance(Duration.ofSeconds(9));
            assertThat(started).hasSize(1);
            time.advance(Duration.ofSeconds(3));
            assertThat(started).hasSize(2);
        }
    }

    @Test
    void aProbeThatThrowsCountsAsFailed() {
        checker.close();
        try (HealthChecker _ = new HealthChecker(
                registry,
                _ -> {
                    throw new IllegalStateException("no route");
                },
                CHECKS,
                time,
                random)) {
            registry.register(Instances.of("cart", "cart-1"));
            time.advance(Duration.ofSeconds(3));
        }

        assertThat(health()).isEqualTo(Health.UNHEALTHY);
    }

    @Test
    void checksStopWhenTheInstanceLeaves() {
        registry.register(Instances.of("cart", "cart-1"));
        answer = CompletableFuture::new;
        time.advance(SECOND);
        registry.deregister("cart", "cart-1");
        probed.clear();
        time.advance(Duration.ofSeconds(5));

        assertThat(probed).isEmpty();
        assertThat(time.waiting()).isEmpty();
        assertThat(given.getLast()).isCancelled();
    }

    @Test
    void checksFollowAnInstanceThatMoves() {
        registry.register(Instances.of("cart", "cart-1"));
        registry.register(Instances.of("cart", "cart-1", 9000, Health.HEALTHY, Map.of()));
        time.advance(SECOND.multipliedBy(2));

        assertThat(probed).hasSize(2).allMatch(instance -> instance.port() == 9000);
    }

    @Test
    void firstChecksAreSpreadOverTheInterval() {
        for (int i = 0; i < 50; i++) {
            registry.register(Instances.of("cart", "cart-" + i));
        }

        assertThat(time.waiting()).doesNotHaveDuplicates().allMatch(delay -> delay.compareTo(SECOND) <= 0);
        time.advance(Duration.ofMillis(500));
        assertThat(probed).hasSizeBetween(10, 40);
        time.advance(Duration.ofMillis(500));
        assertThat(probed).extracting(ServiceInstance::instanceId).hasSize(50).doesNotHaveDuplicates();
    }

    @Test
    void manyInstancesAreCheckedLessOftenAndNoneIsLeftOut() {
        for (int i = 0; i < 500; i++) {
            registry.register(Instances.of("cart", "cart-" + i));
        }
        // Whoever came first learns of the others by its first check, and moves away from them after it.
        time.advance(Duration.ofSeconds(20));
        probed.clear();
        time.advance(SECOND);
        assertThat(probed).hasSizeBetween(60, 140);
        time.advance(SECOND.multipliedBy(4));
        assertThat(probed).extracting(ServiceInstance::instanceId).hasSize(500).doesNotHaveDuplicates();

        for (int i = 50; i < 500; i++) {
            registry.deregister("cart", "cart-" + i);
        }
        time.advance(Duration.ofSeconds(5));
        probed.clear();
        time.advance(SECOND);
        assertThat(probed).hasSize(50);
    }

    @Test
    void whatWasRegisteredBeforeIsCheckedAndNothingIsAfterClose() {
        checker.close();
        registry.register(Instances.of("cart", "cart-1"));
        List<ServiceInstance> started = new ArrayList<>();
        HealthChecker late = new HealthChecker(
                registry,
                instance -> {
                    started.add(instance);
                    return CompletableFuture.completedStage(PASSED);
                },
                CHECKS,
                time,
                random);
        time.advance(SECOND);
        assertThat(started).hasSize(1);
        late.close();
        registry.register(Instances.of("cart", "cart-2"));

        assertThat(time.waiting()).isEmpty();
    }

    private Health health() {
        return registry.instances("cart").getFirst().health();
    }

    private void answerWith(ProbeResult result) {
        answer = () -> CompletableFuture.completedFuture(result);
    }
}

package io.signalbox.mesh.registry;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.model.Health;
import io.signalbox.mesh.model.ServiceInstance;
import io.signalbox.mesh.time.Scheduler;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The checks of one instance: at most one at a time, and the row of equal results so far.
 *
 * <p>Safe to use from any thread; the probe and the registry are called outside the lock.
 */
final class InstanceCheck {

    private final ServiceInstance instance;
    private final ServiceRegistry registry;
    private final Probe probe;
    private final HealthCheckConfig config;
    private final Scheduler scheduler;
    private final Supplier<Duration> interval;
    private final double share;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private Scheduler.Cancellable next = () -> {};

    @GuardedBy("lock")
    private @Nullable Attempt running;

    @GuardedBy("lock")
    private Duration kept = Duration.ZERO;

    @GuardedBy("lock")
    private int passedInRow;

    @GuardedBy("lock")
    private int failedInRow;

    @GuardedBy("lock")
    private boolean stopped;

    /**
     * @param interval between the starts of two checks, as it is now
     * @param share 0..1, another one for each instance: of the interval to wait before the first check
     */
    InstanceCheck(
            ServiceInstance instance,
            ServiceRegistry registry,
            Probe probe,
            HealthCheckConfig config,
            Scheduler scheduler,
            Supplier<Duration> interval,
            double share) {
        this.instance = instance;
        this.registry = registry;
        this.probe = probe;
        this.config = config;
        this.scheduler = scheduler;
        this.interval = interval;
        this.share = share;
    }

    void start() {
        synchronized (lock) {
            next = scheduler.schedule(pause(Duration.ZERO), this::tick);
        }
    }

    void stop() {
        Attempt abandoned;
        synchronized (lock) {
            stopped = true;
            next.cancel();
            abandoned = running;
            running = null;
        }
        if (abandoned != null) {
            abandoned.giveUp();
        }
    }

    private void tick() {
        Attempt attempt = null;
        synchronized (lock) {
            if (stopped) {
                return;
            }
            next = scheduler.schedule(pause(kept), this::tick);
            if (running == null) {
                attempt = new Attempt();
                running = attempt;
            }
        }
        if (attempt != null) {
            attempt.begin();
        }
    }

    /** The interval; where it has grown, so much of it that checks which came close to each other spread out. */
    @GuardedBy("lock")
    private Duration pause(Duration before) {
        Duration now = interval.get();
        kept = now;
        long grown = now.toNanos() - before.toNanos();
        return grown > 0 ? before.plusNanos((long) (grown * share)) : now;
    }

    private void settle(Attempt attempt, ProbeResult result) {
        Optional<Verdict> verdict;
        synchronized (lock) {
            if (running != attempt) {
                return;
            }
            running = null;
            verdict = count(result);
        }
        verdict.ifPresent(reached -> registry.observe(instance, reached.health(), reached.detail()));
    }

    @GuardedBy("lock")
    private Optional<Verdict> count(ProbeResult result) {
        return switch (result) {
            case ProbeResult.Passed _ -> {
                failedInRow = 0;
                passedInRow = Math.min(passedInRow + 1, config.healthyThreshold());
                yield passedInRow < config.healthyThreshold()
                        ? Optional.empty()
                        : Optional.of(new Verdict(Health.HEALTHY, inRow(config.healthyThreshold(), "passed")));
            }
            case ProbeResult.Failed(String why) -> {
                passedInRow = 0;
                failedInRow = Math.min(failedInRow + 1, config.unhealthyThreshold());
                yield failedInRow < config.unhealthyThreshold()
                        ? Optional.empty()
                        : Optional.of(new Verdict(
                                Health.UNHEALTHY, inRow(config.unhealthyThreshold(), "failed") + ": " + why));
            }
        };
    }

    private static String inRow(int checks, String how) {
        return checks == 1 ? "a check " + how : checks + " checks in a row " + how;
    }

    private record Verdict(Health health, String detail) {}

    /** One check under way; settles once, by its result or by the timeout. */
    private final class Attempt {
        private final CompletableFuture<Void> givenUp = new CompletableFuture<>();
        private final Scheduler.Cancellable timeout = scheduler.schedule(config.timeout(), this::timeOut);

        void begin() {
            CompletionStage<ProbeResult> stage = started();
            var _ = givenUp.thenRun(() -> stage.toCompletableFuture().cancel(true));
            stage.whenComplete((result, failure) -> {
                timeout.cancel();
                settle(this, failure == null ? result : new ProbeResult.Failed(reason(failure)));
            });
        }

        void giveUp() {
            timeout.cancel();
            givenUp.complete(null);
        }

        private void timeOut() {
            settle(
                    this,
                    new ProbeResult.Failed(
                            "no answer within " + config.timeout().toMillis() + " ms"));
            givenUp.complete(null);
        }

        private CompletionStage<ProbeResult> started() {
            try {
                return probe.probe(instance);
            } catch (RuntimeException e) {
                return CompletableFuture.completedStage(new ProbeResult.Failed(reason(e)));
            }
        }

        private static String reason(Throwable failure) {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        }
    }
}

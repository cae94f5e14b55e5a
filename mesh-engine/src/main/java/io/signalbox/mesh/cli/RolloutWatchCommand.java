package io.signalbox.mesh.cli;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.MeshConnection.SnapshotListener;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.client.Rollouts;
import io.signalbox.mesh.model.DurationText;
import io.signalbox.mesh.model.UnknownNameException;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.RolloutStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code signalbox canary watch catalog}: follows the newest rollout of a service to its end. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description = "Follows the newest rollout of a service to its end.",
        footer = {
            "",
            "Exit status: 0 promoted, or B has won; 3 rolled back, or A has won; 6 an A/B test without a winner;",
            "1 withdrawn or not begun, 4 it is not known any more,",
            "124 it had not ended in time, 141 nobody reads what is written."
        })
final class RolloutWatchCommand extends MeshCommand {

    private static final String CLEAR = "\u001b[H\u001b[2J";
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final long LOOK_MILLIS = 250;

    @Parameters(index = "0", paramLabel = "SERVICE", description = "Such as catalog.")
    private String service = "";

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "How long it is watched at most, such as 30m (default: to its end).")
    private @Nullable String timeout;

    private String said = "";

    RolloutWatchCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(MeshConnection mesh) {
        Duration patience = timeout == null ? LONGEST : DurationText.parse("timeout", timeout);
        Instant end = surroundings().clock().instant().plus(patience);
        long number = newest(mesh.rollouts());
        BlockingQueue<MeshSnapshot> news = new ArrayBlockingQueue<>(1);
        try (MeshConnection.Subscription subscription = mesh.subscribe(new SnapshotListener() {
            @Override
            public void snapshot(MeshSnapshot snapshot) {
                // whoever still draws the one before takes a later one
                boolean _ = news.offer(snapshot);
            }

            @Override
            public void disconnected(String why) {
                warn("not connected: " + why);
            }
        })) {
            return follow(mesh, number, news, end);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitStatus.INTERRUPTED;
        }
    }

    private int follow(MeshConnection mesh, long number, BlockingQueue<MeshSnapshot> news, Instant end)
            throws InterruptedException {
        MeshSnapshot snapshot = mesh.snapshot();
        while (snapshot != null) {
            Optional<RolloutStatus> rollout = look(mesh, number);
            if (rollout.isPresent()) {
                show(rollout.get(), snapshot);
                if (rollout.get().phase().ended()) {
                    return status(rollout.get());
                }
            }
            if (surroundings().out().checkError()) {
                return ExitStatus.BROKEN_PIPE;
            }
            snapshot = next(news, end);
        }
        warn("rollout: has not ended in " + timeout);
        return ExitStatus.TIMED_OUT;
    }

    /** The next snapshot; nothing when the time is over. */
    private @Nullable MeshSnapshot next(BlockingQueue<MeshSnapshot> news, Instant end) throws InterruptedException {
        while (surroundings().clock().instant().isBefore(end)) {
            MeshSnapshot snapshot = news.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            if (snapshot != null) {
                return snapshot;
            }
        }
        return null;
    }

    private long newest(Rollouts rollouts) {
        List<RolloutStatus> all = rollouts.list();
        return all.stream()
                .filter(rollout -> rollout.service().equals(service))
                .mapToLong(RolloutStatus::number)
                .max()
                .orElseThrow(() -> new UnknownNameException(
                        "rollout",
                        service,
                        all.stream().map(RolloutStatus::service).distinct().toList()));
    }

    /** As it is now; empty while the control plane is away, which it may be and come back. */
    private Optional<RolloutStatus> look(MeshConnection mesh, long number) {
        try {
            Rollouts rollouts = mesh.rollouts();
            List<RolloutStatus> all = rollouts.of(service);
            Optional<RolloutStatus> now = find(all, number);
            Optional<RolloutStatus> known = now.isPresent() ? now : find(rollouts.history(service), number);
            if (known.isEmpty()) {
                throw new UnknownNameException(
                        "rollout of " + service,
                        Long.toString(number),
                        all.stream()
                                .map(rollout -> Long.toString(rollout.number()))
                                .toList());
            }
            return known;
        } catch (MeshException e) {
            if (e.kind() != MeshException.Kind.UNAVAILABLE) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private static Optional<RolloutStatus> find(List<RolloutStatus> among, long number) {
        return among.stream().filter(rollout -> rollout.number() == number).findFirst();
    }

    /** On a terminal the whole picture; otherwise a line when something is new. */
    private void show(RolloutStatus rollout, MeshSnapshot snapshot) {
        if (surroundings().sink() == Surroundings.Sink.TERMINAL) {
            surroundings().out().print(CLEAR);
            RolloutView.picture(rollout, snapshot).forEach(this::say);
        } else {
            String now = rollout.phase() + " " + rollout.weight() + " "
                    + rollout.verdict().kind();
            if (!now.equals(said)) {
                said = now;
                say(Words.clock(snapshot.at()) + " " + RolloutView.line(rollout));
            }
        }
        surroundings().out().flush();
    }

    private void warn(String what) {
        surroundings().err().println("signalbox: " + what);
        surroundings().err().flush();
    }

    private static int status(RolloutStatus rollout) {
        return switch (rollout.phase()) {
            case PROMOTED -> ExitStatus.DONE;
            case ROLLED_BACK -> ExitStatus.DID_NOT_HOLD;
            case DECIDED ->
                switch (rollout.verdict().kind()) {
                    case ADVANCE -> ExitStatus.DONE;
                    case ROLL_BACK -> ExitStatus.DID_NOT_HOLD;
                    case NOT_ENOUGH, ENVIRONMENT_BAD -> ExitStatus.NO_WINNER;
                };
            case QUEUED, RUNNING, BAKING, AT_GATE, PAUSED, WITHDRAWN, FAILED -> ExitStatus.FAILED;
        };
    }
}

package io.signalbox.console.rollouts;

import io.signalbox.console.text.Texts;
import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.MeshConnection.PolicyText;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.client.RolloutRequest;
import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.status.RolloutStatus;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * One attempt to begin an A/B test. The policy says what is compared, so it is written first; where nothing begins it is
 * taken back. What cannot be taken back, or was not answered, is looked at, and the failure says what holds. Blocks on
 * the mesh.
 */
final class ExperimentStart {

    private final MeshConnection mesh;
    private final Start.Compares whole;
    private final ChangeNote note;
    private final Texts texts;

    ExperimentStart(MeshConnection mesh, Start.Compares whole, ChangeNote note, Texts texts) {
        this.mesh = mesh;
        this.whole = whole;
        this.note = note;
        this.texts = texts;
    }

    /** @throws MeshException when nothing has begun, or that is not known */
    RolloutStatus begin() {
        if (!whole.changesPolicy()) {
            return start();
        }
        long revision = write();
        try {
            return start();
        } catch (RuntimeException failed) {
            return begun(revision, failed).orElseThrow(() -> takenBack(revision, failed));
        }
    }

    private long write() {
        try {
            return mesh.putPolicy(
                            PolicyFormat.yaml(whole.policy()),
                            OptionalLong.of(whole.ground().revision()),
                            note)
                    .revision();
        } catch (RuntimeException failed) {
            if (isRefusal(failed)) {
                throw failed;
            }
            throw holding()
                    .map(now -> told(failed, now.test() ? "written" : "not-written", now.revision()))
                    .orElseGet(() -> told(failed, "write-unknown"));
        }
    }

    private RolloutStatus start() {
        return mesh.rollouts().start(service(), RolloutRequest.OF_THE_POLICY, note);
    }

    /** What has begun although no answer came. */
    private Optional<RolloutStatus> begun(long revision, RuntimeException failed) {
        if (isRefusal(failed)) {
            return Optional.empty();
        }
        try {
            return mesh.rollouts().list().stream()
                    .filter(one ->
                            one.service().equals(service()) && !one.phase().ended())
                    .filter(one -> one.stable().equals(whole.test().versionA())
                            && one.candidate().equals(whole.test().versionB()))
                    .findFirst();
        } catch (RuntimeException unread) {
            failed.addSuppressed(unread);
            throw told(failed, "start-unknown", revision);
        }
    }

    /** Takes the policy back, and answers what is to be said then. */
    private RuntimeException takenBack(long revision, RuntimeException failed) {
        try {
            var _ = mesh.undo(service(), OptionalLong.of(revision), note);
            return failed;
        } catch (RuntimeException kept) {
            failed.addSuppressed(kept);
            String why = String.valueOf(kept.getMessage());
            return holding()
                    .map(now -> now.test() ? told(failed, "left", now.revision(), why) : failed)
                    .orElseGet(() -> told(failed, "undo-unknown", revision, why));
        }
    }

    /** What holds now; empty where it cannot be read. */
    private Optional<Holding> holding() {
        try {
            PolicyText now = mesh.policy(service());
            return Optional.of(new Holding(
                    now.revision(),
                    PolicyFormat.readStored(now.yaml()).splitting().equals(whole.test())));
        } catch (RuntimeException unread) {
            return Optional.empty();
        }
    }

    private String service() {
        return whole.ground().service();
    }

    /** Whether the mesh has said no; otherwise nobody knows what it did. */
    private static boolean isRefusal(RuntimeException failed) {
        return switch (failed) {
            case MeshException e ->
                switch (e.kind()) {
                    case INVALID, FORBIDDEN, NOT_FOUND, CONFLICT -> true;
                    case UNAVAILABLE, FAILED -> false;
                };
            case InvalidValueException _ -> true;
            default -> false;
        };
    }

    private MeshException told(RuntimeException failed, String what, Object... more) {
        Object[] values = Stream.concat(Stream.of(String.valueOf(failed.getMessage()), service()), Stream.of(more))
                .toArray();
        MeshException told = new MeshException(
                failed instanceof MeshException of ? of.kind() : MeshException.Kind.FAILED,
                texts.get("rollouts.start.ab.failed." + what, values));
        var _ = told.initCause(failed);
        return told;
    }

    /**
     * The policy in force.
     *
     * @param test whether it has the shares of the test
     */
    private record Holding(long revision, boolean test) {}
}

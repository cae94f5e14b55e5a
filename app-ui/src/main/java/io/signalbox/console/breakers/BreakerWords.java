package io.signalbox.console.breakers;

import io.signalbox.console.format.Formats;
import io.signalbox.console.screen.EjectionReasons;
import io.signalbox.console.text.Texts;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.EjectionReason;
import io.signalbox.mesh.model.status.BreakerStatus;
import io.signalbox.mesh.model.status.EjectionStatus;
import java.time.Duration;
import java.time.Instant;

/** What the breakers screen says about a circuit, in words and figures. */
final class BreakerWords {

    private static final double SECONDS_COUNTED = 60;

    private final Texts texts;
    private final Formats formats;

    BreakerWords(Texts texts, Formats formats) {
        this.texts = texts;
        this.formats = formats;
    }

    String text(String key, Object... values) {
        return texts.get(key, values);
    }

    String state(BreakerState state) {
        return texts.get("breakers.state." + state.wireName());
    }

    String name(BreakerStatus status) {
        return texts.get("breakers.name", status.sourceInstance(), status.endpoint());
    }

    String name(EdgeId edge) {
        return texts.get("breakers.name", edge.source(), edge.destination());
    }

    String since(BreakerStatus status) {
        return texts.get("breakers.since", formats.clock(status.since()));
    }

    /** How long until the first trial; empty when none is due. */
    String countdown(BreakerStatus status, Instant now) {
        Instant probe = status.nextProbe();
        return probe == null ? "" : formats.countdown(Duration.between(now, probe));
    }

    /** The part of the wait that is left, 0..1. */
    static double waitLeft(BreakerStatus status, Instant now) {
        Instant probe = status.nextProbe();
        if (probe == null) {
            return 0;
        }
        double left = Duration.between(now, probe).toNanos();
        return Math.clamp(left / status.config().openDuration().toNanos(), 0, 1);
    }

    String ejection(EjectionReason reason) {
        return texts.get("breakers.ejected.reason." + reason.wireName());
    }

    /** The same, with what it rests on where that can be said. */
    String why(EjectionStatus ejection) {
        return EjectionReasons.of(ejection, texts);
    }

    /** How long until the endpoint serves again. */
    String countdown(EjectionStatus ejection, Instant now) {
        Duration left = Duration.between(now, ejection.until());
        return formats.countdown(left.isNegative() ? Duration.ZERO : left);
    }

    /** The part of its time that is left, 0..1. */
    static double waitLeft(EjectionStatus ejection, Instant now) {
        double whole =
                Math.max(1, Duration.between(ejection.at(), ejection.until()).toMillis());
        return Math.clamp(Duration.between(now, ejection.until()).toMillis() / whole, 0, 1);
    }

    /** One sentence: until when, why, and how many more. */
    String sentence(BreakerStatus status, EjectionStatus ejection, Instant now) {
        return texts.get(
                "breakers.says.ejected",
                status.sourceInstance(),
                status.endpoint(),
                formats.clock(ejection.until()),
                countdown(ejection, now),
                ejection(ejection.reason()),
                formats.count(ejection.times()),
                formats.count(ejection.ejected()),
                formats.count(ejection.endpoints()));
    }

    String failedShare(BreakerStatus status) {
        return formats.share(status.failures(), status.calls());
    }

    String failedShare(CircuitGroup.Summary summary) {
        return formats.share(summary.failures(), summary.calls());
    }

    String count(long value) {
        return formats.count(value);
    }

    String circuits(int number) {
        return texts.counted("breakers.circuits", number, count(number));
    }

    static double perSecond(long callsOfLastMinute) {
        return callsOfLastMinute / SECONDS_COUNTED;
    }

    String rate(long callsOfLastMinute) {
        return formats.rate(perSecond(callsOfLastMinute));
    }

    String requestRate(long callsOfLastMinute) {
        return formats.requestRate(perSecond(callsOfLastMinute));
    }

    /** One sentence: what the circuit does now, why, and what happens next. */
    String sentence(BreakerStatus status) {
        String since = formats.clock(status.since());
        var config = status.config();
        return switch (status.state()) {
            case CLOSED ->
                texts.get(
                        status.failuresInARow() == 0 ? "breakers.says.closed" : "breakers.says.closed.counting",
                        since,
                        formats.count(config.failureThreshold()),
                        formats.count(status.failuresInARow()));
            case OPEN ->
                texts.get(
                        "breakers.says.open",
                        since,
                        formats.count(status.refused()),
                        formats.count(config.halfOpenRequests()),
                        formats.count(config.successThreshold()));
            case HALF_OPEN ->
                texts.get(
                        "breakers.says.half-open",
                        since,
                        formats.count(status.trialsAdmitted()),
                        formats.count(config.halfOpenRequests()),
                        formats.count(status.trialsSucceeded()),
                        formats.count(config.successThreshold()),
                        formats.span(config.openDuration()));
            case FORCED_OPEN ->
                texts.get(
                        status.note() == null ? "breakers.says.forced" : "breakers.says.forced.noted",
                        since,
                        formats.count(status.refused()),
                        String.valueOf(status.note()));
            case DISABLED -> texts.get("breakers.says.disabled");
        };
    }

    /** Everything that the tile shows, for a screen reader. */
    String spoken(BreakerStatus status) {
        EjectionStatus ejection = status.ejection();
        String state = state(status.state());
        return texts.get(
                "breakers.spoken",
                status.sourceInstance(),
                status.endpoint(),
                ejection == null
                        ? state
                        : state + ", " + texts.get("breakers.ejected.spoken", ejection(ejection.reason())),
                failedShare(status),
                formats.count(status.refused()));
    }

    /** The command that does the same from a terminal. */
    static String commandLine(String verb, String circuits) {
        return "signalbox breaker " + verb + " " + circuits.replace("->", ":") + " --reason \"…\"";
    }
}

package io.signalbox.console.rollouts;

import io.signalbox.console.format.Formats;
import io.signalbox.console.screen.RolloutReasons;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.text.Texts;
import io.signalbox.console.widget.LampState;
import io.signalbox.mesh.model.status.CheckStatus;
import io.signalbox.mesh.model.status.RolloutCause;
import io.signalbox.mesh.model.status.RolloutPhase;
import io.signalbox.mesh.model.status.RolloutStage;
import io.signalbox.mesh.model.status.RolloutStatus;
import io.signalbox.mesh.model.status.VerdictStatus;
import io.signalbox.mesh.model.status.WebhookStatus;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words for a rollout and for what is told of it. */
final class RolloutWords {

    /** As whom the mesh itself moves a rollout. */
    private static final String ITSELF = "signalbox";

    /** From where on a bound of an interval means that nothing is known. */
    private static final double ENDLESS = 1_000;

    private static final Pattern SHARE = Pattern.compile("(\\S+) % of (.+)");
    private static final Pattern ANSWERED = Pattern.compile("answered (\\d+) in (\\d+) ms(.*)", Pattern.DOTALL);

    private final Texts texts;
    private final Formats formats;

    RolloutWords(Workbench bench) {
        texts = bench.texts();
        formats = bench.formats();
    }

    String phase(RolloutPhase phase) {
        return texts.get("rollouts.phase." + id(phase));
    }

    static LampState lamp(RolloutStatus rollout) {
        return switch (rollout.phase()) {
            case RUNNING ->
                rollout.verdict().kind() == VerdictStatus.Kind.ENVIRONMENT_BAD ? LampState.HALF_OPEN : LampState.INFO;
            case BAKING -> LampState.INFO;
            case AT_GATE, PAUSED -> LampState.HALF_OPEN;
            case PROMOTED -> LampState.CLOSED;
            case ROLLED_BACK, FAILED -> LampState.OPEN;
            case DECIDED -> decided(rollout.verdict().kind());
            case QUEUED, WITHDRAWN -> LampState.DISABLED;
        };
    }

    /** Of an experiment either winner is a good end. */
    private static LampState decided(VerdictStatus.Kind kind) {
        return switch (kind) {
            case ADVANCE, ROLL_BACK -> LampState.CLOSED;
            case NOT_ENOUGH, ENVIRONMENT_BAD -> LampState.INFO;
        };
    }

    /** Where it stands on its way, and how long it was watched there. */
    String progress(RolloutStatus rollout) {
        String steps = formats.count(rollout.steps().size());
        return switch (rollout.phase()) {
            case RUNNING, AT_GATE, PAUSED ->
                rollout.stageNow()
                        .map(stage -> texts.get(
                                "rollouts.progress.stage." + stage.kind().words(),
                                formats.count(Objects.requireNonNullElse(rollout.stage(), 0)),
                                formats.count(rollout.stages().size()),
                                of(stage),
                                time(rollout.watched()),
                                time(rollout.delay())))
                        .orElseGet(() -> texts.get(
                                "rollouts.progress",
                                formats.count(rollout.step()),
                                steps,
                                time(rollout.watched()),
                                time(rollout.delay())));
            case BAKING ->
                texts.get(
                        rollout.kind() == RolloutStatus.Kind.BLUE_GREEN
                                ? "rollouts.progress.kept"
                                : "rollouts.progress.baking",
                        time(rollout.watched()),
                        time(rollout.bakeTime()),
                        rollout.stable());
            case QUEUED -> texts.get("rollouts.progress.queued", steps);
            case PROMOTED, ROLLED_BACK, DECIDED, WITHDRAWN, FAILED ->
                texts.get("rollouts.progress.ended", ended(rollout));
        };
    }

    /** What a stage is called on the track. */
    String stage(RolloutStage.Kind kind) {
        return texts.get("rollouts.stage." + kind.words());
    }

    /** Which requests a stage is about; headers and methods as they are. */
    String of(RolloutStage stage) {
        Matcher share = SHARE.matcher(stage.of());
        return share.matches() ? texts.get("rollouts.stage.share", share.group(1), share.group(2)) : stage.of();
    }

    /** That all requests move in one step, and what is kept then. */
    String atOnce(RolloutStatus rollout) {
        return texts.get("rollouts.blue-green.words", rollout.candidate(), rollout.stable(), time(rollout.bakeTime()));
    }

    String state(WebhookStatus.State state) {
        return texts.get("rollouts.webhook.state." + state.name().toLowerCase(Locale.ROOT));
    }

    static LampState lamp(WebhookStatus.State state) {
        return switch (state) {
            case OPEN -> LampState.HALF_OPEN;
            case AGREED -> LampState.CLOSED;
            case IGNORED -> LampState.DISABLED;
        };
    }

    /** What came of the last time; what the other side wrote stays as it was written. */
    String said(WebhookStatus webhook) {
        if (webhook.said().isEmpty()) {
            return texts.get("rollouts.webhook.silent");
        }
        Matcher answered = ANSWERED.matcher(webhook.said());
        return answered.matches()
                ? texts.get("rollouts.webhook.answered", answered.group(1), answered.group(2)) + answered.group(3)
                : webhook.said();
    }

    /** When it ended and by whom. */
    String ended(RolloutStatus rollout) {
        String at = rollout.endedAt() == null ? Formats.NONE : formats.dayAndClock(rollout.endedAt());
        return rollout.movedBy() == null ? at : texts.get("rollouts.ended.by", at, rollout.movedBy());
    }

    String started(RolloutStatus rollout) {
        return texts.get(
                rollout.reason().isEmpty() ? "rollouts.started" : "rollouts.started.because",
                formats.count(rollout.number()),
                rollout.startedBy(),
                formats.dayAndClock(rollout.startedAt()),
                rollout.reason());
    }

    /** Why it stands where it stands, with who said so. */
    String why(RolloutStatus rollout) {
        String why = RolloutReasons.of(rollout, texts, formats);
        return rollout.movedBy() == null
                        || rollout.movedBy().equals(ITSELF)
                        || rollout.phase().ended()
                ? why
                : texts.get("rollouts.why.by", why, rollout.movedBy());
    }

    /** What the evidence says; while too little is known, how much is missing. */
    String verdict(RolloutStatus rollout) {
        VerdictStatus verdict = rollout.verdict();
        String says = outcome(rollout);
        if (verdict.moreRequests() == 0 || rollout.phase().ended()) {
            return says;
        }
        String more = formats.count(verdict.moreRequests());
        return says + " "
                + (verdict.atThisRate() == null
                        ? texts.get("rollouts.missing", more)
                        : texts.get("rollouts.missing.time", more, time(verdict.atThisRate())));
    }

    /** What the evidence says, without how much is missing. */
    String outcome(RolloutStatus rollout) {
        return texts.get(
                "rollouts.verdict." + of(rollout) + id(rollout.verdict().kind()));
    }

    /** What the evidence says, in a word. */
    String kind(RolloutStatus rollout) {
        return texts.get("rollouts.kind." + of(rollout) + id(rollout.verdict().kind()));
    }

    /** What the evidence has reached at its upper border. */
    String upper(RolloutStatus rollout) {
        return texts.get("rollouts.evidence." + of(rollout) + "advance");
    }

    /** What the evidence has reached at its lower border. */
    String lower(RolloutStatus rollout) {
        return texts.get("rollouts.evidence." + of(rollout) + "back");
    }

    /** An A/B test has words of its own. */
    private static String of(RolloutStatus rollout) {
        return rollout.kind() == RolloutStatus.Kind.AB_TEST ? "ab." : "";
    }

    static LampState lamp(RolloutStatus rollout, VerdictStatus.Kind kind) {
        return rollout.kind() == RolloutStatus.Kind.AB_TEST ? decided(kind) : lamp(kind);
    }

    static LampState lamp(VerdictStatus.Kind kind) {
        return switch (kind) {
            case ADVANCE -> LampState.CLOSED;
            case ROLL_BACK -> LampState.OPEN;
            case NOT_ENOUGH, ENVIRONMENT_BAD -> LampState.HALF_OPEN;
        };
    }

    /** What it is asked of one that does not go on: "Why it was rolled back". */
    String stopped(RolloutPhase phase) {
        return texts.get("rollouts.stop." + id(phase));
    }

    /** A check with its numbers in one sentence. */
    String ground(CheckStatus check) {
        String says =
                texts.get("rollouts.stop.ground", name(check), observed(check), value(check.name(), check.bound()));
        String interval = interval(check);
        return interval.isEmpty() ? says : says + " (" + interval + ")";
    }

    /** The signal after the stop where a rollout stands. */
    StepTrack.Signal ahead(RolloutStatus rollout) {
        return switch (rollout.phase()) {
            case RUNNING, BAKING ->
                rollout.cause() == RolloutCause.WEBHOOK
                        ? new StepTrack.Signal(LampState.HALF_OPEN, texts.get("rollouts.signal.webhook"))
                        : new StepTrack.Signal(
                                lamp(rollout, rollout.verdict().kind()),
                                texts.get("rollouts.signal." + of(rollout)
                                        + id(rollout.verdict().kind())));
            case AT_GATE -> new StepTrack.Signal(LampState.HALF_OPEN, texts.get("rollouts.signal.gate"));
            case PAUSED -> new StepTrack.Signal(LampState.HALF_OPEN, texts.get("rollouts.signal.paused"));
            case QUEUED, PROMOTED, DECIDED, WITHDRAWN -> StepTrack.Signal.NOT_YET;
            case ROLLED_BACK, FAILED -> new StepTrack.Signal(LampState.OPEN, texts.get("rollouts.signal.roll-back"));
        };
    }

    String name(CheckStatus check) {
        return texts.get("rollouts.check." + check.name().words().replace(' ', '-'));
    }

    String state(CheckStatus.State state) {
        return texts.get("rollouts.check.state." + state.words());
    }

    static LampState lamp(CheckStatus.State state) {
        return switch (state) {
            case MET -> LampState.CLOSED;
            case OPEN -> LampState.HALF_OPEN;
            case BROKEN -> LampState.OPEN;
        };
    }

    /** A value of a check in its unit. */
    String value(CheckStatus.Name name, double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Formats.NONE;
        }
        return switch (name) {
            case SUCCESS -> formats.points(value);
            case LATENCY -> formats.signed(value * 100, 1) + "\u00a0%";
            case SUCCESS_RATE, STABLE -> formats.share(value);
            case MAX_LATENCY -> formats.latency(Math.round(value * 1e9));
            case REQUESTS -> formats.count(Math.round(value));
        };
    }

    /** Between which values the true one lies; empty for what is only counted, or not known yet. */
    String interval(CheckStatus check) {
        return check.name() == CheckStatus.Name.REQUESTS || !isKnown(check)
                ? ""
                : texts.get(
                        "rollouts.check.between", value(check.name(), check.low()), value(check.name(), check.high()));
    }

    /** What was observed; a dash while that rests on nothing. */
    String observed(CheckStatus check) {
        return isKnown(check) ? value(check.name(), check.observed()) : Formats.NONE;
    }

    /** Whether anything is ruled out. */
    static boolean isKnown(CheckStatus check) {
        boolean finite = Double.isFinite(check.low()) && Double.isFinite(check.high());
        return finite
                && switch (check.name()) {
                    case SUCCESS -> check.low() > -1 || check.high() < 1;
                    case SUCCESS_RATE, STABLE -> check.low() > 0 || check.high() < 1;
                    case LATENCY, MAX_LATENCY -> check.high() < ENDLESS;
                    case REQUESTS -> true;
                };
    }

    /** Where evidence stands, in words. */
    String line(RolloutStatus rollout) {
        return texts.get(
                "rollouts.evidence." + of(rollout) + "text",
                formats.signed(rollout.verdict().line(), 2));
    }

    private String time(Duration time) {
        return formats.wholeSpan(time);
    }

    private static String id(VerdictStatus.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String id(RolloutPhase phase) {
        return phase.words().replace(' ', '-');
    }
}

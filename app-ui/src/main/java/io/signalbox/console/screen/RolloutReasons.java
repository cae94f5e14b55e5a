package io.signalbox.console.screen;

import io.signalbox.console.format.Formats;
import io.signalbox.console.text.Texts;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.model.status.RolloutCause;
import io.signalbox.mesh.model.status.RolloutStatus;
import io.signalbox.mesh.model.status.VerdictReason;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says why a rollout stands where it stands; in the mesh's own English where only that was told. */
public final class RolloutReasons {

    private final Texts texts;
    private final Formats formats;

    private RolloutReasons(Texts texts, Formats formats) {
        this.texts = texts;
        this.formats = formats;
    }

    public static String of(RolloutStatus rollout, Texts texts, Formats formats) {
        return new RolloutReasons(texts, formats)
                .of(rollout.cause(), rollout.verdict().reason(), rollout.why());
    }

    public static String of(MeshEvent.RolloutMoved moved, Texts texts, Formats formats) {
        return new RolloutReasons(texts, formats).of(moved.cause(), moved.verdict(), moved.why());
    }

    private String of(@Nullable RolloutCause cause, @Nullable VerdictReason verdict, String told) {
        return switch (cause) {
            case QUEUE, REGISTRATIONS, STEP_GATE, PROMOTION_GATE, CONFIRMATION ->
                texts.get("rollouts.cause."
                        + cause.name().toLowerCase(Locale.ROOT).replace('_', '-'));
            case WEBHOOK -> texts.get("rollouts.cause.webhook", told);
            case VERDICT -> Objects.requireNonNullElse(sentence(verdict), told);
            case NOTE -> told;
            case null -> told;
        };
    }

    /** {@code null} where only the mesh's own sentence was told. */
    private @Nullable String sentence(@Nullable VerdictReason reason) {
        return switch (reason) {
            case null -> null;
            case VerdictReason.NotWorse(double candidate, double stable, double margin) -> {
                String points = formats.shortest(margin * 100, 3);
                yield texts.counted(
                        "rollouts.reason.not-worse",
                        points.equals("1") ? 1 : 2,
                        percent(candidate),
                        percent(stable),
                        points);
            }
            case VerdictReason.KeepsThresholds() -> text("keeps-thresholds");
            case VerdictReason.FailsMore(double candidate, long ofCandidate, double stable, long ofStable) ->
                text(
                        "fails-more",
                        percent(candidate),
                        formats.count(ofCandidate),
                        percent(stable),
                        formats.count(ofStable));
            case VerdictReason.Slower(double quantile, double candidate, double stable) ->
                text("slower", quantile(quantile), latency(candidate), latency(stable));
            case VerdictReason.FailsTooOften(double fails, double most) ->
                text("fails-too-often", percent(fails), percent(most));
            case VerdictReason.TooSlow(double quantile, double nanos) ->
                text("too-slow", quantile(quantile), latency(nanos));
            case VerdictReason.StableFails(double fails, double most) ->
                text("stable-fails", percent(fails), percent(most));
            case VerdictReason.NoRequests() -> text("no-requests");
            case VerdictReason.MayBeBoth(@Nullable VerdictReason broken) -> {
                String one = sentence(broken);
                yield one == null ? null : text("may-be-both", one);
            }
            case VerdictReason.Untold(long requests) -> text("untold", formats.count(requests));
            case VerdictReason.Missing(long requests, long missing, @Nullable Duration time) ->
                time == null
                        ? text("missing", formats.count(requests), formats.count(missing))
                        : text("missing.time", formats.count(requests), formats.count(missing), span(time));
            case VerdictReason.WithinThresholds(double fails, long requests) ->
                text("within-thresholds", percent(fails), formats.count(requests));
            case VerdictReason.ThresholdsUntold(double fails, long requests, long minimum) ->
                text("thresholds-untold", percent(fails), formats.count(requests), formats.count(minimum));
            case VerdictReason.Compared compared -> compared(compared);
            case VerdictReason.ThresholdsOpen(double fails) -> text("thresholds-open", percent(fails));
        };
    }

    private String compared(VerdictReason.Compared its) {
        String outcome = switch (its.outcome()) {
            case OPEN -> text("compared.open");
            case A -> text("compared.a");
            case B -> text("compared.b");
            case NONE -> text("compared.none");
        };
        String latency = its.aNanos() == 0 || its.bNanos() == 0
                ? ""
                : text("compared.latency", quantile(its.quantile()), latency(its.aNanos()), latency(its.bNanos()));
        return text(
                "compared",
                outcome,
                percent(its.aFails()),
                formats.count(its.aRequests()),
                percent(its.bFails()),
                formats.count(its.bRequests()),
                latency,
                its.left() == null ? "" : text("compared.left", span(its.left())));
    }

    private String text(String kind, Object... values) {
        return texts.get("rollouts.reason." + kind, values);
    }

    private String quantile(double quantile) {
        return "p" + formats.shortest(quantile * 100, 3);
    }

    private String percent(double share) {
        return formats.shortestPercent(share, share < 0.01 ? 2 : 1);
    }

    private String latency(double nanos) {
        return formats.latencyDetail(Math.round(nanos));
    }

    private String span(Duration time) {
        return formats.wholeSpan(time.toSeconds() < 1 ? Duration.ofSeconds(1) : time);
    }
}

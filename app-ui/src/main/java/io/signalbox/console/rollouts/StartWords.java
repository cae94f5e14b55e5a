package io.signalbox.console.rollouts;

import io.signalbox.console.format.Formats;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.text.Texts;
import io.signalbox.mesh.model.AbWinner;
import io.signalbox.mesh.model.CanaryStage;
import io.signalbox.mesh.model.CanaryStep;
import io.signalbox.mesh.model.CanaryTerms;
import io.signalbox.mesh.model.CanaryWebhook;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.model.status.RolloutStage;
import io.signalbox.mesh.model.status.StagePicture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Says what a rollout will do before it begins. */
final class StartWords {

    private static final int NAMED_STEPS = 5;

    private final Texts texts;
    private final Formats formats;
    private final RolloutWords rollouts;

    StartWords(Workbench bench) {
        rollouts = new RolloutWords(bench);
        texts = bench.texts();
        formats = bench.formats();
    }

    /** What happens, and when, if nobody does anything more. */
    String says(Start start) {
        return switch (start) {
            case Start.Moves moves -> moves(moves.plan());
            case Start.Compares compares -> compares(compares.test(), compares.rule());
        };
    }

    /** What is to be known of the answer to what comes first. */
    String first(Start start) {
        if (!(start instanceof Start.Moves moves)) {
            return text("first.ab");
        }
        CanaryTerms terms = moves.plan().terms();
        String candidate = moves.plan().candidate();
        List<CanaryWebhook> asked = terms.webhooks(CanaryWebhook.When.BEFORE_STEP);
        if (!terms.stages().isEmpty()) {
            return text("first.stage", candidate, stage(terms.stages().getFirst(), candidate));
        }
        String share = text("first.share", candidate, formats.percent(first(moves.plan())));
        return asked.isEmpty() ? share : text("first.webhook", candidate, names(asked)) + " " + share;
    }

    private static int first(Splitting.Canary plan) {
        List<CanaryStep> steps = plan.plannedSteps();
        return (steps.isEmpty() ? plan.initialWeight() : steps.getFirst().weight()).percent();
    }

    private String moves(Splitting.Canary plan) {
        List<String> parts = new ArrayList<>();
        CanaryTerms terms = plan.terms();
        terms.stages()
                .forEach(stage -> parts.add(text("says.stage", stage(stage, plan.candidate()), time(stage.delay()))));
        List<CanaryWebhook> asked = terms.webhooks(CanaryWebhook.When.BEFORE_STEP);
        if (!asked.isEmpty()) {
            parts.add(text("says.webhook", names(asked)));
        }
        if (plan.isAtOnce()) {
            parts.add(text("says.at-once", plan.candidate(), plan.stable(), time(terms.bakeTime())));
            return String.join(" ", parts);
        }
        parts.add(steps(plan));
        parts.add(text("says.back", plan.candidate(), plan.stable(), rate(plan)));
        if (!plan.maxWeight().equals(Weight.ALL)) {
            parts.add(text("says.most", formats.percent(plan.maxWeight().percent())));
        }
        return String.join(" ", parts);
    }

    private String steps(Splitting.Canary plan) {
        List<CanaryStep> steps = plan.plannedSteps();
        List<String> weights = steps.stream()
                .map(step -> formats.percent(step.weight().percent()))
                .toList();
        String way = weights.size() <= NAMED_STEPS
                ? String.join(", ", weights)
                : String.join(", ", weights.subList(0, 3)) + " … " + weights.getLast();
        Duration soonest = steps.stream().map(CanaryStep::delay).reduce(Duration.ZERO, Duration::plus);
        return texts.counted(
                "rollouts.start.says.steps",
                steps.size(),
                plan.candidate(),
                way,
                formats.count(steps.size()),
                time(soonest));
    }

    private String rate(Splitting.Canary plan) {
        return formats.shortestPercent(plan.successRate().share(), 2);
    }

    private String compares(Splitting.AbTest test, AbWinner rule) {
        String worse = switch (rule.metric()) {
            case SUCCESS_RATE -> text("says.ab.fails", points(rule));
            case LATENCY -> text("says.ab.slower", quantile(rule), margin(rule));
            case EITHER -> text("says.ab.either", points(rule), quantile(rule), margin(rule));
        };
        return text(
                        "says.ab",
                        test.versionA(),
                        formats.percent(test.weightA().percent()),
                        test.versionB(),
                        formats.percent(test.weightB().percent()),
                        worse)
                + " "
                + text(
                        "says.ab.time",
                        time(rule.minimumDuration()),
                        formats.count(rule.minimumRequests()),
                        time(rule.maximumDuration()),
                        formats.shortestPercent(rule.errorRate(), 3))
                + " "
                + text(rule.promotion().isWanted() ? "says.ab.promote" : "says.ab.stay");
    }

    private String points(AbWinner rule) {
        return formats.shortest(rule.successMargin() * 100, 3);
    }

    private String margin(AbWinner rule) {
        return formats.shortestPercent(rule.latencyMargin(), 1);
    }

    private String quantile(AbWinner rule) {
        return "p" + formats.shortest(rule.latencyQuantile() * 100, 3);
    }

    private String stage(CanaryStage stage, String candidate) {
        RolloutStage shown = StagePicture.of(stage);
        return text("stage." + shown.kind().words(), candidate, rollouts.of(shown));
    }

    private static String names(List<CanaryWebhook> webhooks) {
        return webhooks.stream().map(CanaryWebhook::name).collect(Collectors.joining(", "));
    }

    private String time(Duration time) {
        return time.toSeconds() < 1 ? formats.latency(time) : formats.wholeSpan(time);
    }

    private String text(String key, Object... values) {
        return texts.get("rollouts.start." + key, values);
    }
}

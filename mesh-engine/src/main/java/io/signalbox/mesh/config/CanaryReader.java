package io.signalbox.mesh.config;

import io.signalbox.mesh.model.CanaryCriteria;
import io.signalbox.mesh.model.CanaryStage;
import io.signalbox.mesh.model.CanaryStep;
import io.signalbox.mesh.model.CanaryTerms;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.SuccessRate;
import io.signalbox.mesh.model.Weight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the {@code canary} section of a policy; what it leaves out gets the documented defaults. */
final class CanaryReader {

    private static final Duration DELAY = Duration.ofMinutes(5);
    private static final int STEP = 10;
    private static final List<String> MADE_STEPS = List.of("initialWeight", "incrementStep", "maxWeight");
    private static final Pattern QUANTILE = Pattern.compile("p(\\d{2}(?:\\.\\d{1,3})?)");

    private CanaryReader() {}

    static Splitting read(Section section) {
        section.allowing(Set.of(
                "stable",
                "candidate",
                "initialWeight",
                "incrementStep",
                "incrementDelay",
                "maxWeight",
                "successRate",
                "stages",
                "blueGreen",
                "steps",
                "bakeTime",
                "verdict",
                "webhooks"));
        String stable = section.requiredText("stable");
        String candidate = section.requiredText("candidate");
        Duration delay = section.duration("incrementDelay").orElse(DELAY);
        double rate = section.decimal("successRate", 0.99);
        SuccessRate success = section.build(() -> new SuccessRate(rate));
        CanaryCriteria criteria =
                section.section("verdict").map(CanaryReader::criteria).orElse(CanaryCriteria.DEFAULT);
        List<CanaryStage> stages = StageReader.stages(section, candidate, delay);
        if (section.has("blueGreen")) {
            Splitting.Versions versions = new Splitting.Versions(stable, candidate);
            return BlueGreenReader.read(section, versions, delay, success, criteria, stages);
        }
        List<CanaryStep> steps = steps(section, delay);
        Weight max = steps.isEmpty()
                ? section.weight("maxWeight").orElse(Weight.ALL)
                : steps.getLast().weight();
        Weight initial = steps.isEmpty()
                ? section.weight("initialWeight").orElse(new Weight(Math.min(STEP, max.percent())))
                : steps.getFirst().weight();
        Weight step = section.weight("incrementStep").orElse(new Weight(STEP));
        Duration bake = section.duration("bakeTime").orElse(Duration.ZERO);
        CanaryTerms terms = section.build(
                () -> new CanaryTerms(steps, bake, criteria, stages).withWebhooks(WebhookReader.read(section)));
        return section.build(() -> new Splitting.Canary(stable, candidate, initial, step, delay, max, success, terms));
    }

    private static List<CanaryStep> steps(Section canary, Duration otherwise) {
        if (!canary.has("steps")) {
            return List.of();
        }
        MADE_STEPS.stream().filter(canary::has).findFirst().ifPresent(name -> {
            throw canary.refused(name, "beside steps", "left out, since steps name the weights");
        });
        List<CanaryStep> steps = new ArrayList<>();
        for (Section section : canary.sections("steps")) {
            CanaryStep step = step(section, otherwise);
            if (!steps.isEmpty() && step.weight().compareTo(steps.getLast().weight()) <= 0) {
                throw section.refused(
                        "weight",
                        Integer.toString(step.weight().percent()),
                        "more than the " + steps.getLast().weight() + " of the step before");
            }
            steps.add(step);
        }
        if (steps.isEmpty()) {
            throw canary.refused("steps", "none", "at least one step");
        }
        return steps;
    }

    private static CanaryStep step(Section section, Duration otherwise) {
        section.allowing(Set.of("weight", "delay", "gate"));
        Weight weight = section.weight("weight").orElseThrow(() -> section.missing("weight"));
        Duration delay = section.duration("delay").orElse(otherwise);
        CanaryStep.Gate gate = section.parsed("gate", CanaryStep.Gate::parse).orElse(CanaryStep.Gate.NONE);
        return section.build(() -> new CanaryStep(weight, delay, gate));
    }

    private static CanaryCriteria criteria(Section section) {
        section.allowing(Set.of(
                "falseRollback",
                "falseAdvance",
                "successMargin",
                "latencyQuantile",
                "latencyMargin",
                "maxLatency",
                "stableObjective",
                "minimumRequests"));
        CanaryCriteria defaults = CanaryCriteria.DEFAULT;
        double rollback = section.decimal("falseRollback", defaults.falseRollback());
        double advance = section.decimal("falseAdvance", defaults.falseAdvance());
        double margin = section.decimal("successMargin", defaults.successMargin());
        double quantile =
                section.parsed("latencyQuantile", CanaryReader::quantile).orElse(defaults.latencyQuantile());
        double latency = section.decimal("latencyMargin", defaults.latencyMargin());
        Optional<Duration> longest = section.duration("maxLatency");
        double objective = section.decimal("stableObjective", defaults.stableObjective());
        int requests = section.number("minimumRequests", defaults.minimumRequests());
        return section.build(
                () -> new CanaryCriteria(rollback, advance, margin, quantile, latency, longest, objective, requests));
    }

    static double quantile(String text) {
        Matcher quantile = QUANTILE.matcher(text);
        InvalidValueException.unless(quantile.matches(), "latencyQuantile", text, "p50..p99.9");
        return Double.parseDouble("0." + quantile.group(1).replace(".", ""));
    }
}

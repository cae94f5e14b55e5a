package io.signalbox.mesh.config;

import io.signalbox.mesh.model.CanaryCriteria;
import io.signalbox.mesh.model.CanaryStage;
import io.signalbox.mesh.model.CanaryTerms;
import io.signalbox.mesh.model.DurationText;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.SuccessRate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a canary that gives the candidate all requests in one step: its {@code blueGreen} names how long the old is kept. */
final class BlueGreenReader {

    private static final List<String> OF_STEPS =
            List.of("initialWeight", "incrementStep", "maxWeight", "steps", "bakeTime");

    private BlueGreenReader() {}

    static Splitting.Canary read(
            Section canary,
            Splitting.Versions versions,
            Duration delay,
            SuccessRate success,
            CanaryCriteria criteria,
            List<CanaryStage> stages) {
        OF_STEPS.stream().filter(canary::has).findFirst().ifPresent(name -> {
            throw canary.refused(name, "beside blueGreen", "left out, since blueGreen has one step, to 100");
        });
        if (stages.isEmpty()) {
            throw canary.refused(
                    "blueGreen", "without stages", "at least one stage, in which the candidate is checked first");
        }
        Duration keepFor =
                canary.section("blueGreen").flatMap(BlueGreenReader::keepFor).orElse(CanaryTerms.KEEP_FOR);
        CanaryTerms terms = canary.build(
                () -> CanaryTerms.atOnce(keepFor, criteria, stages).withWebhooks(WebhookReader.read(canary)));
        return canary.build(() -> Splitting.Canary.atOnce(versions, delay, success, terms));
    }

    private static Optional<Duration> keepFor(Section section) {
        Optional<Duration> keepFor = section.allowing(Set.of("keepFor")).duration("keepFor");
        keepFor.filter(time -> !time.isPositive()).ifPresent(time -> {
            throw section.refused("keepFor", DurationText.format(time), "more than zero");
        });
        return keepFor;
    }
}

package io.signalbox.console.rollouts;

import io.signalbox.console.format.Formats;
import io.signalbox.console.screen.Workbench;
import io.signalbox.mesh.client.RolloutRequest;
import io.signalbox.mesh.model.CanaryStage;
import io.signalbox.mesh.model.CanaryTerms;
import io.signalbox.mesh.model.DurationText;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.Splitting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Blue/green: who tries the candidate before all requests move at once, and how long the way back is kept. */
final class StartBlueGreenForm extends StartForm {

    private final StartField<Map<String, String>> header;
    private final StartField<Integer> mirror;
    private final StartField<Duration> stageDelay;
    private final StartField<Duration> keepFor;

    StartBlueGreenForm(Workbench bench) {
        super(bench);
        header = new StartField<>("header", text("rollouts.start.header"), StartBlueGreenForm::header);
        mirror = StartField.percent("mirror", text("rollouts.start.mirror"), "mirror", 1);
        stageDelay = StartField.time("stage-delay", text("rollouts.start.stage-delay"), "stageDelay");
        keepFor = StartField.time("keep-for", text("rollouts.start.keep-for"), "keepFor");
        row(header, mirror);
        row(stageDelay, keepFor);
    }

    private static Map<String, String> header(String typed) {
        String[] parts = typed.split("[:=]", 2);
        InvalidValueException.unless(
                parts.length == 2 && !parts[1].isBlank(), "header", typed, "NAME: VALUE, such as X-Preview: yes");
        return Map.of(parts[0].strip(), parts[1].strip());
    }

    @Override
    void follow(StartGround ground) {
        Formats formats = bench().formats();
        Optional<Splitting.Canary> canary = ground.canary();
        List<CanaryStage> stages =
                canary.map(Splitting.Canary::terms).map(CanaryTerms::stages).orElse(List.of());
        header.otherwise(
                stages.isEmpty() ? text("rollouts.start.header.prompt") : text("rollouts.start.stages.policy"));
        mirror.otherwise(
                stages.isEmpty() ? text("rollouts.start.mirror.prompt") : text("rollouts.start.stages.policy"));
        Optional<Splitting.Canary> atOnce = canary.filter(Splitting.Canary::isAtOnce);
        stageDelay.otherwise(otherwise(
                canary.isPresent(),
                DurationText.format(canary.map(Splitting.Canary::incrementDelay).orElse(Duration.ofMinutes(5)))));
        keepFor.otherwise(otherwise(
                atOnce.isPresent(),
                formats.span(atOnce.map(its -> its.terms().bakeTime()).orElse(CanaryTerms.KEEP_FOR))));
    }

    @Override
    Start read(StartGround ground) {
        @Nullable Integer copies = mirror.read();
        Duration kept = keepFor.read();
        boolean written = ground.canary().filter(Splitting.Canary::isAtOnce).isPresent();
        RolloutRequest request = new RolloutRequest(
                ground.candidate(),
                ground.stable(),
                null,
                null,
                null,
                null,
                null,
                null,
                header.read(),
                copies == null ? null : (double) copies,
                stageDelay.read(),
                kept == null && !written ? CanaryTerms.KEEP_FOR : kept);
        return new Start.Moves(ground, request, ground.plan(request));
    }

    /** Without a header and without copies nothing would be tried before all requests move. */
    @Override
    Optional<StartField<?>> missing(String name) {
        return name.equals("keepFor") && header.isEmpty() && mirror.isEmpty() ? Optional.of(header) : Optional.empty();
    }

    @Override
    Optional<StartField<?>> meant(String name) {
        return switch (name) {
            case "keepFor", "canary.bakeTime" -> Optional.of(keepFor);
            case "stageDelay", "delay" -> Optional.of(stageDelay);
            case "match.headers" -> Optional.of(header);
            default -> Optional.empty();
        };
    }
}

package io.signalbox.mesh.model.status;

import io.signalbox.mesh.model.CanaryStage;
import io.signalbox.mesh.model.Mirror;
import io.signalbox.mesh.model.RouteMatch;
import io.signalbox.mesh.model.ValueMatch;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Draws a stage of a rollout. */
public final class StagePicture {

    private StagePicture() {}

    public static RolloutStage of(CanaryStage stage) {
        return switch (stage) {
            case CanaryStage.Matching matching ->
                new RolloutStage(RolloutStage.Kind.HEADERS, words(matching.match()), matching.delay(), matching.gate());
            case CanaryStage.Mirrored mirrored ->
                new RolloutStage(RolloutStage.Kind.MIRROR, words(mirrored.mirror()), mirrored.delay(), mirrored.gate());
        };
    }

    private static String words(Mirror mirror) {
        String share = BigDecimal.valueOf(mirror.share()).stripTrailingZeros().toPlainString() + " % of "
                + String.join(", ", mirror.methods().stream().sorted().toList());
        return mirror.match().equals(RouteMatch.ANY) ? share : share + " with " + words(mirror.match());
    }

    private static String words(RouteMatch match) {
        List<String> words = new ArrayList<>();
        match.headers().forEach((name, value) -> words.add(name + ": " + words(value)));
        match.path().ifPresent(words::add);
        match.pathPrefix().ifPresent(prefix -> words.add(prefix + "*"));
        match.pathTemplate().ifPresent(template -> words.add(template.toString()));
        if (!match.methods().isEmpty()) {
            words.add(String.join("|", match.methods().stream().sorted().toList()));
        }
        match.query().forEach((name, value) -> words.add("?" + name + "=" + words(value)));
        match.sources().stream().sorted().map(source -> "from " + source).forEach(words::add);
        match.sourceIdentities().stream().sorted().map(id -> "from " + id).forEach(words::add);
        return String.join(", ", words);
    }

    private static String words(ValueMatch value) {
        return switch (value) {
            case ValueMatch.Exact(String text) -> text;
            case ValueMatch.Prefix(String text) -> text + "*";
            case ValueMatch.Regex(String text) -> "/" + text + "/";
            case ValueMatch.Present() -> "(any)";
            case ValueMatch.Absent() -> "(none)";
        };
    }
}

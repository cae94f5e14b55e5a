package io.signalbox.console.topology.panel;

import io.signalbox.console.format.Formats;
import io.signalbox.console.text.Texts;
import io.signalbox.console.theme.Token;
import io.signalbox.console.widget.Answers;
import io.signalbox.mesh.model.AnsweredBy;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.status.AnswerCount;
import java.util.Comparator;
import java.util.List;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The answers of the last minute by code and by who gave them. */
final class AnswersBlock extends VBox {

    private final Texts texts;
    private final Formats formats;
    private final BlockTitle title;
    private final Answers answers = new Answers();
    private List<AnswerCount> shown = List.of();

    AnswersBlock(Texts texts, Formats formats) {
        this.texts = texts;
        this.formats = formats;
        title = new BlockTitle(texts.get("topology.panel.answers"));
        getStyleClass().add("mesh-panel-block");
        getChildren().addAll(title, answers);
    }

    void show(List<AnswerCount> counts) {
        if (counts.equals(shown)) {
            return;
        }
        shown = counts;
        long all = counts.stream().mapToLong(AnswerCount::count).sum();
        title.aside(texts.get("topology.panel.n", formats.count(all)));
        answers.setRows(counts.stream()
                .filter(count -> count.count() > 0)
                .sorted(Comparator.comparing(AnswerCount::by)
                        .thenComparingInt(AnswerCount::code)
                        .thenComparing(count ->
                                count.cause() == null ? "" : count.cause().wireName()))
                .map(this::row)
                .toList());
    }

    private Answers.Row row(AnswerCount count) {
        return new Answers.Row(
                count.code() == 0 ? Formats.NONE : Integer.toString(count.code()),
                who(count.by(), count.cause()),
                count.count(),
                formats.count(count.count()),
                color(count),
                count.by());
    }

    private String who(AnsweredBy by, @Nullable Cause cause) {
        return switch (by) {
            case UPSTREAM -> texts.get("topology.answered.upstream");
            case MESH ->
                cause == null
                        ? texts.get("topology.answered.mesh")
                        : texts.get("topology.answered.mesh.cause", cause.wireName());
        };
    }

    private static Token color(AnswerCount count) {
        if (count.by() == AnsweredBy.MESH || (count.code() == 0 && count.cause() != null)) {
            return Token.LAMP_DANGER;
        }
        if (count.code() >= 500) {
            return Token.LAMP_WARN;
        }
        return count.code() >= 400 ? Token.V1 : Token.LAMP_OK;
    }
}

package io.signalbox.console.widget;

import io.signalbox.console.theme.Token;
import io.signalbox.mesh.model.AnsweredBy;
import java.util.List;
import javafx.geometry.HPos;
import javafx.geometry.VPos;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** The answers of some calls by code and by who gave them: a {@link ShareBar} over one row for each. */
public final class Answers extends VBox {

    private final ShareBar bar = new ShareBar();
    private final GridPane rows = new GridPane();

    public Answers() {
        getStyleClass().add("mesh-answers");
        rows.getStyleClass().add("mesh-answer-rows");
        ColumnConstraints fill = new ColumnConstraints();
        fill.setHgrow(Priority.ALWAYS);
        ColumnConstraints right = new ColumnConstraints();
        right.setHalignment(HPos.RIGHT);
        rows.getColumnConstraints().addAll(new ColumnConstraints(), new ColumnConstraints(), fill, right);
        getChildren().addAll(bar, rows);
    }

    /** Shows these answers in the order given. */
    public void setRows(List<Row> answers) {
        bar.setParts(answers.stream()
                .map(row -> new ShareBar.Part(row.count(), row.color(), row.answeredBy()))
                .toList());
        rows.getChildren().clear();
        for (int i = 0; i < answers.size(); i++) {
            addRow(i, answers.get(i));
        }
    }

    private void addRow(int index, Row row) {
        ShareBar swatch = new ShareBar();
        swatch.getStyleClass().add("mesh-swatch");
        swatch.setParts(List.of(new ShareBar.Part(1, row.color(), row.answeredBy())));
        Label code = new Label(row.code());
        code.getStyleClass().addAll("mesh-mono-medium", "mesh-small");
        Label who = new Label(row.who());
        who.getStyleClass().addAll("mesh-muted", "mesh-small");
        Label count = new Label(row.countText());
        count.getStyleClass().addAll("mesh-mono", "mesh-small");
        rows.addRow(index, swatch, code, who, count);
        GridPane.setValignment(swatch, VPos.CENTER);
    }

    /**
     * One kind of answer.
     *
     * @param code the status code or the cause
     * @param who who gave it, in words
     * @param count how many
     * @param countText the count as text
     */
    public record Row(String code, String who, long count, String countText, Token color, AnsweredBy answeredBy) {}
}

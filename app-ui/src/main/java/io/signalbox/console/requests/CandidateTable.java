package io.signalbox.console.requests;

import io.signalbox.console.widget.Lamp;
import io.signalbox.console.widget.LampState;
import io.signalbox.console.widget.VersionBadge;
import io.signalbox.mesh.balance.PickedFor;
import io.signalbox.mesh.explain.AttemptStep;
import io.signalbox.mesh.explain.Candidate;
import java.util.List;
import javafx.geometry.HPos;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.jspecify.annotations.Nullable;

/** Whom a balancer looked at: each endpoint with its circuit, calls, score, and why it was left out. */
final class CandidateTable extends GridPane {

    private final RequestWords words;
    private final AttemptWords attempts;
    private final @Nullable PickedFor why;
    private final String score;
    private int row;

    private CandidateTable(RequestWords words, AttemptWords attempts, @Nullable PickedFor why) {
        this.words = words;
        this.attempts = attempts;
        this.why = why;
        score = attempts.scoreName(why);
        getStyleClass().add("walk-candidates");
        ColumnConstraints rest = new ColumnConstraints();
        rest.setHgrow(Priority.ALWAYS);
        int figures = score.isEmpty() ? 4 : 5;
        for (int i = 0; i < figures; i++) {
            getColumnConstraints().add(new ColumnConstraints());
        }
        getColumnConstraints().add(rest);
        header();
    }

    /** The candidates of an attempt, with what speaks for the one that was picked. */
    static CandidateTable of(AttemptStep attempt, RequestWords words, AttemptWords attempts) {
        CandidateTable table = new CandidateTable(words, attempts, attempt.pickedFor());
        for (Candidate candidate : attempt.candidates()) {
            boolean picked = candidate.instance().equals(attempt.instance());
            table.row(candidate, picked ? words.text("requests.picked", attempts.picked(attempt)) : "");
        }
        int hidden = attempt.endpoints() - attempt.candidates().size();
        if (hidden > 0) {
            table.add(styled(words.text("requests.candidates.more", hidden), "mesh-subtle"), 0, table.row, 5, 1);
        }
        return table;
    }

    /** Endpoints whose circuits all refused. */
    static CandidateTable of(List<Candidate> refusing, RequestWords words, AttemptWords attempts) {
        CandidateTable table = new CandidateTable(words, attempts, null);
        refusing.forEach(candidate -> table.row(candidate, ""));
        return table;
    }

    private void header() {
        int column = 0;
        add(caption("requests.candidates.instance"), column++, 0);
        add(new Label(), column++, 0);
        add(caption("requests.candidates.circuit"), column++, 0);
        add(right(caption("requests.candidates.calls")), column++, 0);
        if (!score.isEmpty()) {
            add(right(styled(score, "mesh-caption")), column, 0);
        }
        row = 1;
    }

    private void row(Candidate candidate, String picked) {
        String out = attempts.leftOut(candidate);
        String tone = out.isEmpty() ? "" : "mesh-subtle";
        Label name = styled(candidate.instance(), "mesh-mono", tone);
        name.setMinWidth(USE_PREF_SIZE);
        int column = 0;
        add(name, column++, row);
        add(new VersionBadge(candidate.version(), VersionBadge.Role.STABLE), column++, row);
        add(circuit(candidate), column++, row);
        add(right(styled(attempts.inFlight(candidate), "mesh-mono", tone)), column++, row);
        if (!score.isEmpty()) {
            add(right(styled(attempts.score(candidate, why), "mesh-mono", tone)), column++, row);
        }
        Label note = styled(picked.isEmpty() ? out : picked, picked.isEmpty() ? "mesh-muted" : "mesh-accent-text");
        note.setWrapText(true);
        add(note, column, row);
        row++;
    }

    private HBox circuit(Candidate candidate) {
        LampState lamp = LampState.of(candidate.circuit());
        Label word = styled(words.text("breakers.state." + candidate.circuit().wireName()), lamp.textStyle());
        word.setMinWidth(USE_PREF_SIZE);
        HBox pair = new HBox(new Lamp(lamp), word);
        pair.getStyleClass().add("screen-pair");
        pair.setAlignment(Pos.CENTER_LEFT);
        return pair;
    }

    private Label caption(String key) {
        return styled(words.text(key), "mesh-caption");
    }

    private static <N extends Node> N right(N node) {
        GridPane.setHalignment(node, HPos.RIGHT);
        return node;
    }

    private static Label styled(String text, String... styles) {
        Label label = new Label(text);
        label.getStyleClass().add("mesh-small");
        for (String style : styles) {
            if (!style.isEmpty()) {
                label.getStyleClass().add(style);
            }
        }
        return label;
    }
}

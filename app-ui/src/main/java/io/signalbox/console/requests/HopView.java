package io.signalbox.console.requests;

import io.signalbox.console.format.Formats;
import io.signalbox.console.screen.Page;
import io.signalbox.console.widget.Icons;
import io.signalbox.console.widget.Lamp;
import io.signalbox.console.widget.LampState;
import io.signalbox.console.widget.VersionBadge;
import io.signalbox.mesh.explain.AttemptStep;
import io.signalbox.mesh.explain.ExplainedRequest;
import io.signalbox.mesh.explain.RequestLine;
import io.signalbox.mesh.explain.RuleStep;
import io.signalbox.mesh.explain.VersionChoice;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/** One hop of a walk: a line that opens and closes its stations, which are made when they are first seen. */
final class HopView extends VBox {

    private static final PseudoClass EXPANDED = PseudoClass.getPseudoClass("expanded");

    private final ExplainedRequest hop;
    private final RequestWords words;
    private final AttemptWords attempts;
    private final Formats formats;
    private final VBox stations = new VBox();
    private final FontIcon chevron = Icons.inline("fth-chevron-right");
    private int number;

    HopView(ExplainedRequest hop, RequestWords words, Formats formats) {
        this.hop = hop;
        this.words = words;
        this.formats = formats;
        attempts = new AttemptWords(words, formats);
        getStyleClass().add("walk-hop");
        stations.getStyleClass().add("walk-stations");
        getChildren().add(header());
    }

    boolean isExpanded() {
        return getChildren().contains(stations);
    }

    void expand() {
        if (stations.getChildren().isEmpty()) {
            tell();
        }
        if (!isExpanded()) {
            getChildren().add(stations);
        }
        pseudoClassStateChanged(EXPANDED, true);
        chevron.setIconLiteral("fth-chevron-down");
    }

    void collapse() {
        getChildren().remove(stations);
        pseudoClassStateChanged(EXPANDED, false);
        chevron.setIconLiteral("fth-chevron-right");
    }

    private Button header() {
        RequestLine request = hop.request();
        Label from = label(request.source(), "mesh-muted");
        Label to = label(request.destination(), "mesh-medium");
        Label path = label(request.method() + " " + request.path(), "mesh-mono", "mesh-muted");
        Label status = label(RequestWords.status(request), "mesh-mono-medium", RequestWords.statusTone(request));
        Label took = label(formats.latencyDetail(request.durationNanos()), "mesh-mono", "walk-took");
        took.setMinWidth(USE_PREF_SIZE);
        status.setMinWidth(USE_PREF_SIZE);
        from.setMinWidth(USE_PREF_SIZE);
        to.setMinWidth(USE_PREF_SIZE);
        path.setMinWidth(0);
        HBox line = new HBox(
                chevron,
                new Lamp(RequestWords.lamp(request)),
                from,
                label("→", "mesh-subtle"),
                to,
                path,
                Page.space(),
                status,
                took);
        line.getStyleClass().add("walk-line");
        line.setAlignment(Pos.CENTER_LEFT);
        Button header = new Button("", line);
        header.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        header.getStyleClass().addAll("walk-header", "mesh-focusable");
        header.setMaxWidth(Double.MAX_VALUE);
        line.prefWidthProperty().bind(header.widthProperty().subtract(2));
        header.setAccessibleText(request.source() + " → " + request.destination() + ", " + words.state(request) + ", "
                + words.answer(request));
        header.setOnAction(event -> {
            if (isExpanded()) {
                collapse();
            } else {
                expand();
            }
        });
        return header;
    }

    private void tell() {
        rules();
        version();
        if (hop.attempts().isEmpty()) {
            none();
        }
        long before = 0;
        for (AttemptStep attempt : hop.attempts()) {
            attempt(attempt, before);
            before = Math.max(before, attempt.startNanos() + attempt.durationNanos());
        }
        answer();
    }

    private Station next(LampState lamp, String title, String conclusion, Node... before) {
        Station station = new Station(++number, lamp, title, conclusion, before);
        stations.getChildren().add(station);
        return station;
    }

    private void rules() {
        Station station = next(LampState.DISABLED, words.text("requests.station.rules"), words.rules(hop));
        if (hop.rules().isEmpty()) {
            station.unused();
            return;
        }
        GridPane grid = new GridPane();
        grid.getStyleClass().add("walk-rules");
        for (RuleStep rule : hop.rules()) {
            String tone = rule.verdict() == RuleStep.Verdict.TOOK ? "mesh-accent-text" : "mesh-muted";
            Label name = label(words.ruleName(rule), "mesh-mono");
            name.setMinWidth(USE_PREF_SIZE);
            Label verdict = label(words.verdict(rule), tone);
            verdict.setWrapText(true);
            grid.addRow(grid.getRowCount(), Icons.inline(icon(rule.verdict())), name, verdict);
        }
        station.with(grid);
    }

    private static String icon(RuleStep.Verdict verdict) {
        return switch (verdict) {
            case TOOK, TAKES_SHARE -> "fth-check";
            case NOT_MATCHED -> "fth-x";
            case PASSED_OVER -> "fth-corner-down-right";
            case NOT_REACHED -> "fth-minus";
        };
    }

    private void version() {
        VersionChoice choice = hop.choice();
        String version = choice == null ? null : choice.version();
        Node[] badge = version == null ? new Node[0] : new Node[] {new VersionBadge(version, VersionBadge.Role.STABLE)};
        Station station = next(
                LampState.DISABLED, words.text("requests.station.version"), words.choice(choice, hop.answer()), badge);
        Optional.ofNullable(hop.key()).ifPresent(key -> station.with(words.key(key), "mesh-muted"));
        station.with(words.doubt(hop.certainty()), "mesh-warn-text");
        if (choice == null && hop.answer() == null) {
            station.unused();
        }
    }

    private void none() {
        boolean refused = !hop.refusedBy().isEmpty();
        Station station = next(
                refused ? LampState.OPEN : LampState.DISABLED,
                words.text("requests.station.attempts"),
                words.text(refused ? "requests.attempts.refused" : "requests.attempts.none"));
        if (refused) {
            station.with(CandidateTable.of(hop.refusedBy(), words, attempts));
        } else {
            station.unused();
        }
    }

    private void attempt(AttemptStep attempt, long before) {
        boolean hedge = AttemptWords.isHedge(attempt, hop.attempts());
        LampState lamp = AttemptWords.lamp(attempt);
        Station station = next(
                lamp == LampState.CLOSED ? LampState.DISABLED : lamp,
                words.text(
                        hedge ? "requests.station.hedge" : "requests.station.attempt", formats.count(attempt.number())),
                attempts.end(attempt));
        station.with(new TimeBar(attempt, before, hop.request().durationNanos()));
        station.with(CandidateTable.of(attempt, words, attempts));
        if (!attempt.faults().isEmpty()) {
            station.with(words.text("requests.attempt.faults", String.join(", ", attempt.faults())), "mesh-muted");
        }
        Optional.ofNullable(attempt.retry()).ifPresent(retry -> station.with(attempts.retry(retry), "mesh-muted"));
    }

    private void answer() {
        RequestLine request = hop.request();
        LampState lamp = RequestWords.lamp(request);
        Station station = next(
                        lamp == LampState.CLOSED ? LampState.DISABLED : lamp,
                        words.text("requests.station.answer"),
                        words.answer(request))
                .last();
        Optional.ofNullable(hop.limits()).ifPresent(limits -> station.with(words.limits(limits), "mesh-muted"));
        station.with(words.revisions(request), "mesh-muted");
        station.with(words.kept(request), "mesh-subtle");
    }

    private static Label label(String text, String... styles) {
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

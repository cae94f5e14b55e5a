package io.signalbox.console.topology.panel;

import io.signalbox.console.control.Outcome;
import io.signalbox.console.format.Formats;
import io.signalbox.console.text.Texts;
import io.signalbox.console.topology.graph.GraphEdge;
import io.signalbox.console.topology.state.GraphWords;
import io.signalbox.console.widget.LampState;
import io.signalbox.console.widget.Question;
import io.signalbox.console.widget.Toast;
import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.ChangeNote;
import java.util.Locale;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;

/** Moves breakers by hand: asks for a reason, sends the command, tells how it went. */
final class BreakerDesk {

    private final PanelParts parts;
    private final Texts texts;
    private final Formats formats;
    private final GraphWords words;

    BreakerDesk(PanelParts parts) {
        this.parts = parts;
        texts = parts.texts();
        formats = parts.formats();
        words = new GraphWords(texts, formats);
    }

    /** Asks, then moves every circuit of the edge. */
    void move(GraphEdge edge, BreakerCommand command) {
        String key = "topology.breaker." + command.name().toLowerCase(Locale.ROOT);
        String title = words.title(edge.id());
        Question question = new Question(
                texts.get(key + ".title", title),
                texts.get(
                        key + ".sentence",
                        formats.requestRate(edge.rps()),
                        edge.id().source(),
                        edge.id().destination(),
                        edge.breaker().circuits()),
                texts.get(key + ".confirm"),
                "fth-zap",
                command == BreakerCommand.OPEN ? Question.Weight.DANGEROUS : Question.Weight.USUAL,
                Question.Reason.REQUIRED);
        parts.overlays().ask(question, reason -> send(edge, command, reason, texts.get(key + ".done", title)));
    }

    private void send(GraphEdge edge, BreakerCommand command, String reason, String done) {
        ChangeNote note = new ChangeNote(parts.operator(), reason);
        parts.commands()
                .run(
                        mesh -> mesh.commandBreaker(edge.id().toString(), command, note),
                        outcome -> tell(outcome, words.title(edge.id()), done, reason));
    }

    private void tell(Outcome outcome, String title, String done, String reason) {
        switch (outcome) {
            case Outcome.Done ignored -> parts.overlays().toast(Toast.of(LampState.INFO, done, reason));
            case Outcome.Failed failed ->
                parts.overlays().toast(Toast.failure(texts.get("topology.breaker.failed", title), failed.message()));
        }
    }

    /** Puts the command that does the same from a shell on the clipboard. */
    void copy(GraphEdge edge, BreakerCommand command) {
        ClipboardContent content = new ClipboardContent();
        String line = GraphWords.commandLine(edge.id(), command);
        content.putString(line);
        Clipboard.getSystemClipboard().setContent(content);
        parts.overlays().toast(Toast.of(LampState.INFO, texts.get("topology.copied"), line));
    }
}

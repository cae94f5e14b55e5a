package io.signalbox.mesh.proxy.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.proxy.conformance.RecordingUpstream.Seen;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Requests with a few bytes changed at random: whatever the sidecar makes of them, the application sees whole requests,
 * in the caller's order, and nobody gets another's answer.
 *
 * <p>{@code -Dconformance.mutations=100000} makes more of them, {@code -Dconformance.seed=7} others.
 */
class MutationTest {

    private static final int COUNT = Integer.getInteger("conformance.mutations", 2_000);
    private static final long SEED = Long.getLong("conformance.seed", 9112);
    private static final int LONGEST_BASE = 400;
    private static final int PER_PROBE = 20;

    private final Mutator mutator = new Mutator(
            RequestConformanceTest.themes().values().stream()
                    .flatMap(List::stream)
                    .map(each -> Wire.bytes(String.join("", each.parts())))
                    .filter(bytes -> bytes.length <= LONGEST_BASE)
                    .toList(),
            new Random(SEED));

    private final List<String> wrong = new ArrayList<>();

    @Test
    void noByteOfOneRequestIsReadAsPartOfAnother() throws IOException {
        try (ConformanceMesh mesh = new ConformanceMesh();
                RecordingUpstream upstream = new RecordingUpstream(List.of())) {
            mesh.callGoesTo(upstream);
            for (int i = 0; i < COUNT; i++) {
                byte[] bytes = mutator.next();
                if (mayTunnel(bytes)) {
                    continue;
                }
                int before = wrong.size();
                check(mesh, upstream, bytes);
                if (i % PER_PROBE == 0) {
                    mesh.probe(upstream);
                }
                if (wrong.size() > before) {
                    wrong.add("  in mutation " + i + " of seed " + SEED + ": " + Wire.shown(Wire.text(bytes)));
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** What follows a CONNECT belongs to its tunnel and is no request; {@code UpgradeTest} looks at tunnels. */
    private static boolean mayTunnel(byte[] bytes) {
        return Wire.text(bytes).contains("CONNECT ");
    }

    private void check(ConformanceMesh mesh, RecordingUpstream upstream, byte[] bytes) throws IOException {
        int last = upstream.lastSerial();
        List<Message> meant = readToTheLetter(bytes);
        List<Answer> answers = answers(mesh, bytes, meant);
        wrong.addAll(upstream.newlyMalformed());
        for (int i = 0; i < answers.size() && answers.get(i).seen() > 0; i++) {
            Seen seen = upstream.bySerial(answers.get(i).seen());
            if (answers.get(i).seen() <= last || seen == null) {
                wrong.add("an answer that is not this caller's, or not its turn: " + answers.get(i));
            } else if (i < meant.size()
                    && !meant.get(i).body().equals(seen.request().body())) {
                wrong.add("another body than was meant: " + seen);
            }
            last = answers.get(i).seen();
        }
    }

    private List<Answer> answers(ConformanceMesh mesh, byte[] bytes, List<Message> meant) throws IOException {
        List<Answer> answers = new ArrayList<>();
        try (Caller caller = mesh.caller()) {
            caller.send(bytes, Caller.Pace.AT_ONCE);
            caller.end();
            for (Answer next = answer(caller, meant, 0); next != null; ) {
                answers.add(next);
                next = next.complete() ? answer(caller, meant, answers.size()) : null;
            }
        } catch (MalformedException | SocketTimeoutException e) {
            wrong.add("after " + answers + ": " + e.getMessage());
        }
        return answers;
    }

    private static @Nullable Answer answer(Caller caller, List<Message> meant, int index) throws IOException {
        return caller.answerTo(index < meant.size() ? meant.get(index).method() : "GET", "HTTP/1.1");
    }

    /** The whole requests that the bytes begin with; what only a lenient reader takes for one ends the list. */
    private static List<Message> readToTheLetter(byte[] bytes) {
        List<Message> requests = new ArrayList<>();
        StrictReader reader = new StrictReader(new ByteArrayInputStream(bytes));
        try {
            for (Message head = reader.requestHead(); head != null; head = reader.requestHead()) {
                requests.add(reader.requestBody(head));
            }
        } catch (IOException e) {
            return requests;
        }
        return requests;
    }
}

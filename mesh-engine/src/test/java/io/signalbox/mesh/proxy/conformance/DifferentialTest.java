package io.signalbox.mesh.proxy.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests with a few bytes changed at random on their way through a sidecar to servers of the real world: whatever the
 * sidecar sends on, they understand as the sidecar said it, and as the caller meant it.
 *
 * <p>{@code bench/differential} makes many more of them: {@code -Dconformance.differential=100000} for each server,
 * {@code -Dconformance.seed=7} for others.
 */
class DifferentialTest {

    private static final int COUNT = Integer.getInteger("conformance.differential", 1_000);
    private static final long SEED = Long.getLong("conformance.seed", 9112);
    private static final int LONGEST_BASE = 400;
    private static final int MOST_TOLD = 20;

    @TempDir
    Path folder;

    private final List<String> wrong = new ArrayList<>();

    @Test
    void nodeUnderstandsWhatTheSidecarMeant() throws Exception {
        Optional<Path> program = Peer.program("node");
        assumeTrue(program.isPresent(), "node is not on the path: nothing was compared with it");
        try (Peer node = Peer.node(program.orElseThrow(), folder)) {
            compareWith("node", node, UnaryOperator.identity());
        }
    }

    @Test
    void nginxUnderstandsWhatTheSidecarMeant() throws Exception {
        Optional<Path> program = Peer.program("nginx");
        assumeTrue(program.isPresent(), "nginx is not on the path: nothing was compared with it");
        try (Peer nginx = Peer.nginx(program.orElseThrow(), folder)) {
            compareWith("nginx", nginx, Echo::withoutTrailers);
        }
    }

    private void compareWith(String name, Peer peer, UnaryOperator<Echo> kept) throws IOException {
        Mutator mutator = new Mutator(bases(), new Random(SEED));
        try (ConformanceMesh mesh = ConformanceMesh.forAnyHost();
                Tap tap = new Tap(peer.port(), kept)) {
            mesh.callGoesTo(tap.port());
            int answered = 0;
            for (int i = 0; i < COUNT && wrong.size() < MOST_TOLD; i++) {
                byte[] bytes = mutator.next();
                int before = wrong.size();
                answered += check(mesh, bytes);
                wrong.addAll(tap.newDisagreements());
                if (wrong.size() > before) {
                    wrong.add("  about mutation " + i + " of seed " + SEED + ": " + Wire.shown(Wire.text(bytes)));
                }
            }
            tell(name + ": " + COUNT + " mutations of seed " + SEED + ", " + answered + " answers to callers; requests "
                    + "sent on: " + tap.outcomes() + "; disagreements: " + wrong.size());
            assertThat(tap.outcomes()).containsKey("understood");
        }
        assertThat(wrong).isEmpty();
    }

    /** Cases that begin with a whole request: of what is refused anyway, no server would see anything. */
    private static List<byte[]> bases() {
        return RequestConformanceTest.themes().values().stream()
                .flatMap(List::stream)
                .map(each -> Wire.bytes(String.join("", each.parts())))
                .filter(bytes ->
                        bytes.length <= LONGEST_BASE && !readToTheLetter(bytes).isEmpty())
                .toList();
    }

    /** Sends the bytes, and compares what was understood with what they say to the letter. */
    private int check(ConformanceMesh mesh, byte[] bytes) throws IOException {
        List<Message> meant = readToTheLetter(bytes);
        int index = 0;
        try (Caller caller = mesh.caller()) {
            caller.send(bytes, Caller.Pace.AT_ONCE);
            caller.end();
            boolean more = true;
            while (more) {
                String method = index < meant.size() ? meant.get(index).method() : "GET";
                Answer answer = caller.answerTo(method, "HTTP/1.1");
                Echo understood = answer == null ? null : Echo.in(answer.message());
                if (understood != null
                        && index < meant.size()
                        && !understood.isWhatWasAskedBy(Echo.of(meant.get(index)))) {
                    wrong.add("meant " + meant.get(index) + ", understood " + understood);
                }
                index += answer == null ? 0 : 1;
                more = answer != null && answer.complete();
            }
        } catch (MalformedException | SocketTimeoutException e) {
            wrong.add("the caller got, after " + index + " answers: " + e.getMessage());
        }
        return index;
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

    private static void tell(String figures) throws IOException {
        String file = System.getProperty("conformance.report");
        if (file != null) {
            Files.writeString(
                    Path.of(file),
                    figures + "\n",
                    java.nio.file.StandardOpenOption.CREATE,
                    java.nio.file.StandardOpenOption.APPEND);
        }
    }
}

package io.signalbox.mesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.whatif.Certainty;
import io.signalbox.mesh.whatif.Change;
import io.signalbox.mesh.whatif.Change.Kind;
import io.signalbox.mesh.whatif.WhatIf;
import io.signalbox.mesh.whatif.WhatIf.Reason;
import io.signalbox.mesh.whatif.WhatIf.Unknown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WhatIfCommandTest {

    private static final String POLICY = """
        apiVersion: signalbox.io/v1
        kind: TrafficPolicy
        service: catalog
        timeout: 2s
        """;

    @TempDir
    private Path folder;

    private final Terminal terminal = new Terminal();

    @Test
    void theGreatestChangesAreSaidInASentenceAndAllInATable() throws IOException {
        terminal.mesh.requests.whatIf = List.of(answer(
                812,
                3_410L,
                List.of(new Unknown(Reason.NOT_TOLD, 12)),
                new Change(
                        Kind.VERSION, "v1", "v2", 96, 12.04, Certainty.EXACT, "decided again", List.of("r-7", "r-5")),
                new Change(Kind.DENIED, "", "rule no-guests", 3, 0.1, Certainty.EXACT, "decided again", List.of("r-3")),
                new Change(Kind.LIMITED, "", "", 8, null, Certainty.ESTIMATE, "counted", List.of("r-1"))));

        assertThat(terminal.run("what-if", "-f", file(POLICY))).isZero();

        assertThat(terminal.lines())
                .containsExactly(
                        "catalog: of 800 requests in the last 10m, 96 would go to v2 instead of v1; 3 would be denied"
                                + " by rule no-guests; about 8 would be refused by a rate limit",
                        "  compared with rev 4; kept: 812 of about 3410 (23.8 %), 40 of them since they failed, were"
                                + " slow or were tried again",
                        "  CHANGE                  REQUESTS        OF ALL  CERTAINTY  EXAMPLES  WHY",
                        "  version: v1 -> v2             96  about 12.0 %  exact      r-7 r-5   decided again",
                        "  denied: rule no-guests         3   about 0.1 %  exact      r-3       decided again",
                        "  limited                  about 8             -  estimate   r-1       counted",
                        "  unknown: 12 that their sidecars, in other processes, did not tell whole",
                        "  not replayed, though it differs: loadBalancing");
        assertThat(terminal.mesh.asked)
                .containsExactly(
                        "what if Question[policies=" + POLICY + ", service=null, weights={}, last=PT10M, limit=10000]");
    }

    @Test
    void itSaysOfWhichTimeButAPartIsHeld() throws IOException {
        WhatIf of = answer(812, 3_410L, List.of());
        terminal.mesh.requests.whatIf = List.of(new WhatIf(
                of.service(),
                of.policyRevision(),
                of.from(),
                of.until(),
                of.recorded(),
                of.troubled(),
                of.evaluated(),
                of.counted(),
                of.passedOver(),
                of.unknown(),
                of.changes(),
                List.of(),
                new WhatIf.Earlier(of.until().minusSeconds(8), 230, 128)));

        terminal.run("what-if", "-f", file(POLICY));

        assertThat(terminal.lines())
                .contains("  of those before the last 8s that went well, 1 trace in 128 is held: 230 requests, which"
                        + " weigh as many in what is said of all");
    }

    @Test
    void severalFilesAreOneQuestion() throws IOException {
        terminal.mesh.requests.whatIf = List.of();
        String other = Files.writeString(folder.resolve("b.yaml"), POLICY.replace("catalog", "cart"))
                .toString();

        assertThat(terminal.run(
                        "what-if",
                        "-f",
                        file(POLICY),
                        "-f",
                        other,
                        "--service",
                        "cart",
                        "--last",
                        "90s",
                        "--limit",
                        "5"))
                .isZero();

        assertThat(terminal.mesh.asked.getFirst())
                .contains(
                        "service: catalog", "---", "service: cart", "service=cart, weights={}, last=PT1M30S, limit=5]");
    }

    @Test
    void weightsNeedNoFile() {
        assertThat(terminal.run("what-if", "--service", "catalog", "--weight", "v2=30"))
                .isZero();

        assertThat(terminal.mesh.asked.getFirst()).contains("service=catalog, weights={v2=30 %}");
    }

    @Test
    void nothingRecordedIsSaid() throws IOException {
        terminal.mesh.requests.whatIf = List.of(answer(0, null, List.of()));

        assertThat(terminal.run("what-if", "-f", file(POLICY))).isZero();

        assertThat(terminal.lines())
                .containsExactly(
                        "catalog: nothing recorded yet: no request to it that is kept ended in the last 10m; send"
                                + " some, or ask further back with --last");
    }

    @Test
    void whatNobodyCanSayIsNotGuessed() throws IOException {
        terminal.mesh.requests.whatIf = List.of(answer(12, null, List.of(new Unknown(Reason.NOT_TOLD, 12))));

        assertThat(terminal.run("what-if", "-f", file(POLICY))).isZero();

        assertThat(terminal.lines().getFirst())
                .isEqualTo("catalog: of 0 requests in the last 10m, so nothing can be said: 12 that their sidecars, in"
                        + " other processes, did not tell whole");
    }

    @Test
    void aBadFileAndABadQuestionAreRefused() throws IOException {
        String bad = file(POLICY.replace("2s", "soon"));

        assertThat(terminal.run("what-if", "-f", bad)).isEqualTo(ExitStatus.USAGE);
        assertThat(terminal.run("what-if")).isEqualTo(ExitStatus.USAGE);
        assertThat(terminal.run("what-if", "--weight", "v2=30")).isEqualTo(ExitStatus.USAGE);

        assertThat(terminal.errors().getFirst()).startsWith("signalbox: " + bad + ": line 4, column 10: timeout: soon");
        assertThat(String.join("\n", terminal.errors()))
                .contains("what-if: nothing (expected: -f FILE, or --service and --weight)")
                .contains("service: none (expected: the service whose weights are meant)");
        assertThat(terminal.mesh.asked).isEmpty();
    }

    @Test
    void aProgramReadsItAsJson() throws IOException {
        terminal.mesh.requests.whatIf = List.of(answer(0, null, List.of()));

        assertThat(terminal.run("what-if", "-f", file(POLICY), "-o", "json")).isZero();

        assertThat(String.join("\n", terminal.lines())).startsWith("[").contains("\"recorded\" : 0");
    }

    private static WhatIf answer(long recorded, @Nullable Long counted, List<Unknown> unknown, Change... changes) {
        long unsaid = unknown.stream().mapToLong(Unknown::requests).sum();
        return new WhatIf(
                "catalog",
                4,
                Fixtures.NOON.minus(Duration.ofMinutes(10)),
                Fixtures.NOON,
                recorded,
                recorded == 0 ? 0 : 40,
                recorded - unsaid,
                counted,
                0,
                unknown,
                List.of(changes),
                List.of("loadBalancing"),
                null);
    }

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("policy.yaml"), text).toString();
    }
}

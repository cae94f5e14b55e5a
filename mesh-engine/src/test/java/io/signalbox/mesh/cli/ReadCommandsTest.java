package io.signalbox.mesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.client.AuditEntry;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.client.json.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.dataformat.yaml.YAMLMapper;

final class ReadCommandsTest {

    private final Terminal terminal = new Terminal();

    @Test
    void servicesAreATableWithFiguresOnTheRight() {
        assertThat(terminal.run("get", "services")).isZero();

        assertThat(terminal.lines())
                .containsExactly(
                        "SERVICE   KIND     HEALTH  VERSIONS  INSTANCES  REQ/S  SUCCESS     P50    P99",
                        "catalog   service  ok      v1,v2             2    412  99.81 %  2.4 ms  31 ms",
                        "shoppers  client   idle                      0    0.0        -       -      -");
        assertThat(terminal.errors()).isEmpty();
    }

    @Test
    void noFormatAndNoComplaintDrivesATerminal() {
        terminal.mesh.audit = List.of(new AuditEntry(
                1,
                Fixtures.NOON,
                "mira\u202e",
                "be\u009b2Jcause",
                AuditEntry.Kind.POLICY,
                "catalog",
                1L,
                "+ timeout: 3s"));

        for (String format : List.of("table", "json", "yaml")) {
            assertThat(terminal.run("history", "-o", format)).isZero();
        }
        terminal.mesh.refusal = new MeshException(MeshException.Kind.FAILED, "no\u001b[2J\u202e");
        assertThat(terminal.run("get", "services")).isEqualTo(1);

        assertThat(terminal.out())
                .contains("mira\uFFFD")
                .doesNotContain("\u202e")
                .doesNotContain("\u009b");
        assertThat(terminal.errors()).containsExactly("signalbox: no\uFFFD[2J\uFFFD");
    }

    @Test
    void instancesShowWhenTheyWereLastHeardOf() {
        assertThat(terminal.run("get", "instances")).isZero();

        assertThat(terminal.lines()).hasSize(3);
        assertThat(terminal.lines().getLast())
                .startsWith("catalog-2  catalog  v2       ok      serving  127.0.0.1:8081")
                .endsWith("3 s");
    }

    @Test
    void breakersShowTheTimeToTheirProbe() {
        assertThat(terminal.run("get", "breakers")).isZero();

        assertThat(terminal.lines().getLast())
                .startsWith("shoppers-1->catalog-2  shoppers->catalog  open")
                .contains("37 s")
                .contains("120");
    }

    @Test
    void breakersShowWhoIsEjectedForHowLongAndWhy() {
        assertThat(terminal.run("get", "breakers")).isZero();

        assertThat(terminal.lines().getFirst()).contains("EJECTED FOR");
        assertThat(terminal.lines().getLast()).contains("24 s").endsWith("ejected: 3 failures in a row");
    }

    @Test
    void canariesShowAskedBesideGot() {
        assertThat(terminal.run("get", "canaries")).isZero();

        assertThat(terminal.lines().getLast())
                .startsWith("catalog  canary  v2        30 %  30.0 %  27.0 %  33.0 %  1000");
    }

    @Test
    void theTopologyIsItsEdges() {
        assertThat(terminal.run("get", "topology")).isZero();

        assertThat(terminal.lines().getLast())
                .startsWith("shoppers->catalog  mtls")
                .contains("open")
                .endsWith("1/2");
    }

    @Test
    void eventsAreSentences() {
        assertThat(terminal.run("get", "events")).isZero();

        assertThat(terminal.lines().getLast()).startsWith(" 41  ").endsWith("control plane of corner-shop started");
    }

    @Test
    void sidecarsShowHowTheirCertificatesStand() {
        assertThat(terminal.run("get", "sidecars")).isZero();

        assertThat(terminal.lines().getFirst()).endsWith("CERTIFICATE");
        assertThat(terminal.lines()).anyMatch(line -> line.endsWith("until 2026-03-02T13:00:00Z: it is not renewed"));
        assertThat(terminal.lines()).anyMatch(line -> line.startsWith("catalog ") && line.endsWith(" -"));
    }

    @Test
    void controlPlanesShowWhoLeads() {
        assertThat(terminal.run("get", "control-planes")).isZero();

        assertThat(terminal.lines()).anyMatch(line -> line.matches("https://a.test:9090 +leads .* 1f"));
        assertThat(terminal.lines()).anyMatch(line -> line.matches("https://b.test:9090 +cut-off .* yes +2e"));
    }

    @Test
    void policiesAreThoseOfServicesThatCanBeCalled() {
        assertThat(terminal.run("get", "policies")).isZero();

        assertThat(terminal.lines()).containsExactly("SERVICE  REVISION", "catalog         3");
    }

    @Test
    void aPolicyWhoseServiceHasNoInstanceIsListedToo() {
        terminal.mesh.written = List.of("later");

        assertThat(terminal.run("get", "policies")).isZero();

        assertThat(terminal.lines()).containsExactly("SERVICE  REVISION", "catalog         3", "later           3");
    }

    @Test
    void faultsSayWhatTheyDo() {
        assertThat(terminal.run("fault", "list")).isZero();

        assertThat(terminal.lines())
                .containsExactly(
                        "NO  FAULT          STATE  SERVICE  WHAT IT DOES",
                        " 3  payment-burst  on     payment  Payment fails for a while.");
    }

    @Test
    void aMeshWithoutADemoHasNoFaults() {
        terminal.mesh.picture = Fixtures.snapshot(null);

        assertThat(terminal.run("fault", "list")).isEqualTo(ExitStatus.NOT_FOUND);
        assertThat(terminal.errors()).containsExactly("signalbox: scenario: none (expected: a mesh that runs a demo)");
    }

    @Test
    void historyNamesWhoAndWhy() {
        assertThat(terminal.run("history", "catalog")).isZero();

        assertThat(terminal.mesh.asked).containsExactly("history catalog");
        assertThat(terminal.lines().get(1)).startsWith("  2  ").endsWith("weights       30 %  mira  lunch");
        assertThat(terminal.lines().get(2)).startsWith("  1  ").endsWith("put              -  api");
    }

    @Test
    void historyWithoutAServiceNamesWhoChangedAnything() {
        terminal.mesh.audit = List.of(
                new AuditEntry(
                        7,
                        Fixtures.NOON,
                        "mira",
                        "lunch",
                        AuditEntry.Kind.DRAIN,
                        "catalog-1",
                        null,
                        "-serving\n+draining"),
                new AuditEntry(
                        6, Fixtures.NOON, "api", "", AuditEntry.Kind.POLICY, "catalog", 3L, "+" + "x".repeat(100)));

        assertThat(terminal.run("history", "--limit", "2")).isZero();
        assertThat(terminal.run("history", "--before", "7", "-o", "json")).isZero();
        assertThat(terminal.run("history", "--limit", "0")).isEqualTo(ExitStatus.USAGE);

        assertThat(terminal.mesh.asked).containsExactly("audit " + Long.MAX_VALUE + " 2", "audit 7 50");
        assertThat(terminal.lines().get(1))
                .startsWith("     7  ")
                .endsWith("drain   catalog-1  mira  lunch   -serving +draining");
        assertThat(terminal.lines().get(2)).startsWith("     6  ").endsWith("x…");
        assertThat(terminal.out()).contains("\"change\" : \"+" + "x".repeat(100));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "get services",
                "get instances",
                "get breakers",
                "get canaries",
                "get policies",
                "get events",
                "fault list",
                "history catalog",
                "config print",
                "check"
            })
    void jsonAndYamlSayTheSame(String command) {
        List<Map<String, Object>> json = json(command);
        Terminal other = new Terminal();
        other.run((command + " -o yaml").split(" ", -1));

        assertThat(json).isNotEmpty();
        assertThat(new YAMLMapper().readValue(other.out(), new TypeReference<List<Map<String, Object>>>() {}))
                .hasToString(json.toString());
    }

    @Test
    void jsonHoldsRawFigures() {
        Map<String, Object> catalog = json("get services").getFirst();

        assertThat(catalog).containsEntry("name", "catalog").containsEntry("health", "ok");
        assertThat(catalog.get("stats")).asString().contains("requestsPerSecond=412.4", "p99Nanos=31000000");
    }

    @Test
    void theTopologyInJsonHoldsNodesAndEdges() {
        assertThat(terminal.run("get", "topology", "-o", "json")).isZero();

        assertThat(Json.read(terminal.out(), new TypeReference<Map<String, Object>>() {}))
                .containsOnlyKeys("services", "edges");
    }

    @ParameterizedTest
    @CsvSource({"service, services", "breaker, breakers", "CANARIES, canaries"})
    void whatIsReadMayBeNamedInTheSingularAndInCapitals(String word, String usual) {
        Terminal other = new Terminal();
        other.run("get", usual);

        assertThat(terminal.run("get", word)).isZero();
        assertThat(terminal.out()).isEqualTo(other.out());
    }

    @Test
    void theConnectionIsClosedAtTheEnd() {
        terminal.run("get", "services");

        assertThat(terminal.mesh.closed).isTrue();
    }

    private List<Map<String, Object>> json(String command) {
        terminal.run((command + " -o json").split(" ", -1));
        return Json.read(terminal.out(), new TypeReference<List<Map<String, Object>>>() {});
    }
}

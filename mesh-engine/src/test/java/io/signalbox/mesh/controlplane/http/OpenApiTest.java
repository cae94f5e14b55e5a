package io.signalbox.mesh.controlplane.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.autopsy.BreakerAutopsy;
import io.signalbox.mesh.autopsy.CircuitAutopsy;
import io.signalbox.mesh.autopsy.RecordedCall;
import io.signalbox.mesh.client.Adopted;
import io.signalbox.mesh.client.AuditEntry;
import io.signalbox.mesh.client.AuthorityInfo;
import io.signalbox.mesh.client.AuthorizationStatus;
import io.signalbox.mesh.client.CertificateInfo;
import io.signalbox.mesh.client.ControlPlaneInfo;
import io.signalbox.mesh.client.PendingChange;
import io.signalbox.mesh.client.RevokedIdentity;
import io.signalbox.mesh.client.SignedCertificate;
import io.signalbox.mesh.client.TokenInfo;
import io.signalbox.mesh.client.attach.MeshUpdate;
import io.signalbox.mesh.client.attach.ServiceUpdate;
import io.signalbox.mesh.client.attach.SidecarStatus;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.event.RecordedEvent;
import io.signalbox.mesh.explain.Candidate;
import io.signalbox.mesh.explain.DryDecision;
import io.signalbox.mesh.explain.ExplainedRequest;
import io.signalbox.mesh.explain.Limits;
import io.signalbox.mesh.explain.RequestLine;
import io.signalbox.mesh.explain.RuleAnswer;
import io.signalbox.mesh.explain.RuleStep;
import io.signalbox.mesh.explain.TraceLine;
import io.signalbox.mesh.mirror.MirrorStatus;
import io.signalbox.mesh.model.BreakerWindow;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.ServiceInstance;
import io.signalbox.mesh.model.status.AnswerCount;
import io.signalbox.mesh.model.status.BreakerStatus;
import io.signalbox.mesh.model.status.EdgeStatus;
import io.signalbox.mesh.model.status.EjectionStatus;
import io.signalbox.mesh.model.status.FaultStatus;
import io.signalbox.mesh.model.status.InstanceStatus;
import io.signalbox.mesh.model.status.Latency;
import io.signalbox.mesh.model.status.LoadStatus;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.RolloutStatus;
import io.signalbox.mesh.model.status.ScenarioStatus;
import io.signalbox.mesh.model.status.ServiceStatus;
import io.signalbox.mesh.model.status.ShareDifference;
import io.signalbox.mesh.model.status.SplitStatus;
import io.signalbox.mesh.model.status.TrafficStats;
import io.signalbox.mesh.model.status.VersionShare;
import io.signalbox.mesh.model.status.VersionStatus;
import io.signalbox.mesh.model.status.VersionTraffic;
import io.signalbox.mesh.routing.StickyKey;
import io.signalbox.mesh.trace.Span;
import io.signalbox.mesh.whatif.WhatIf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The document is the whole interface: what {@link OpenApi#check} cannot see at single answers. */
final class OpenApiTest {

    private static final Map<String, Class<?>> RECORDS = Map.<String, Class<?>>ofEntries(
            Map.entry("Adopted", Adopted.class),
            Map.entry("AnswerCount", AnswerCount.class),
            Map.entry("AuditEntry", AuditEntry.class),
            Map.entry("Authority", AuthorityInfo.class),
            Map.entry("Authorization", AuthorizationStatus.class),
            Map.entry("Breaker", BreakerStatus.class),
            Map.entry("BreakerAutopsy", BreakerAutopsy.class),
            Map.entry("BreakerWindow", BreakerWindow.class),
            Map.entry("Canary", CanaryRoutes.Canary.class),
            Map.entry("Candidate", Candidate.class),
            Map.entry("Certificate", CertificateInfo.class),
            Map.entry("ChangeNote", ChangeNote.class),
            Map.entry("CircuitAutopsy", CircuitAutopsy.class),
            Map.entry("CircuitBreakerConfig", CircuitBreakerConfig.class),
            Map.entry("ControlPlane", ControlPlaneInfo.class),
            Map.entry("DryDecision", DryDecision.class),
            Map.entry("EdgeStatus", EdgeStatus.class),
            Map.entry("Ejection", EjectionStatus.class),
            Map.entry("Event", RecordedEvent.class),
            Map.entry("ExplainedRequest", ExplainedRequest.class),
            Map.entry("FaultStatus", FaultStatus.class),
            Map.entry("Health", ProbeRoutes.Health.class),
            Map.entry("InstanceStatus", InstanceStatus.class),
            Map.entry("Latency", Latency.class),
            Map.entry("Limits", Limits.class),
            Map.entry("LoadStatus", LoadStatus.class),
            Map.entry("MeshUpdate", MeshUpdate.class),
            Map.entry("MirrorStatus", MirrorStatus.class),
            Map.entry("PendingChange", PendingChange.class),
            Map.entry("PolicyRevision", PolicyRoutes.Entry.class),
            Map.entry("Problem", Problem.class),
            Map.entry("RecordedCall", RecordedCall.class),
            Map.entry("RegisteredInstance", ServiceInstance.class),
            Map.entry("Request", RequestLine.class),
            Map.entry("RevokedIdentity", RevokedIdentity.class),
            Map.entry("Rollout", RolloutStatus.class),
            Map.entry("RuleAnswer", RuleAnswer.class),
            Map.entry("RuleStep", RuleStep.class),
            Map.entry("ScenarioStatus", ScenarioStatus.class),
            Map.entry("ServiceStatus", ServiceStatus.class),
            Map.entry("ServiceUpdate", ServiceUpdate.class),
            Map.entry("ShareDifference", ShareDifference.class),
            Map.entry("SidecarStatus", SidecarStatus.class),
            Map.entry("SignedCertificate", SignedCertificate.class),
            Map.entry("Snapshot", MeshSnapshot.class),
            Map.entry("Span", Span.class),
            Map.entry("Split", SplitStatus.class),
            Map.entry("StickyKey", StickyKey.class),
            Map.entry("Token", TokenInfo.class),
            Map.entry("Topology", ObserveRoutes.Topology.class),
            Map.entry("TraceLine", TraceLine.class),
            Map.entry("TrafficStats", TrafficStats.class),
            Map.entry("VersionShare", VersionShare.class),
            Map.entry("VersionStatus", VersionStatus.class),
            Map.entry("VersionTraffic", VersionTraffic.class),
            Map.entry("WhatIf", WhatIf.class));

    @Test
    void answersHaveThePartsOfTheirRecordsAndNoOthers() {
        RECORDS.forEach((name, type) -> {
            Map<?, ?> schema = schema(name);
            Set<String> parts = parts(type);
            if (type == BreakerStatus.class) {
                parts.add("id");
            }
            assertThat(OpenApi.at(schema, "properties").keySet().stream().map(String::valueOf))
                    .as(name)
                    .containsExactlyInAnyOrderElementsOf(parts);
            assertThat(schema.get("additionalProperties")).as(name).isEqualTo(false);
        });
    }

    @Test
    void eachKindOfEventIsThere() {
        List<Set<String>> documented = new ArrayList<>();
        ((List<?>) Objects.requireNonNull(schema("MeshEvent").get("oneOf")))
                .forEach(kind -> documented.add(OpenApi.at((Map<?, ?>) kind, "properties").keySet().stream()
                        .map(String::valueOf)
                        .collect(Collectors.toCollection(TreeSet::new))));

        assertThat(documented)
                .containsExactlyElementsOf(Arrays.stream(MeshEvent.class.getPermittedSubclasses())
                        .map(OpenApiTest::parts)
                        .peek(parts -> parts.addAll(List.of("type", "subject")))
                        .toList());
    }

    @Test
    void eachOperationNamesTheErrorsThatItMayAnswer() {
        assertThat(OpenApi.operations()).allSatisfy(operation -> {
            boolean open = List.of().equals(operation.body().get("security"));
            assertThat(statuses(operation, status -> status >= 400))
                    .as(operation.name())
                    .contains(403, 421)
                    .satisfies(named -> {
                        assertThat(named.contains(401)).isEqualTo(!open);
                        assertThat(named.contains(413)).isEqualTo(operation.takesBody());
                        assertThat(named.contains(415)).isEqualTo(operation.takesBody());
                        assertThat(named.contains(400))
                                .isEqualTo(operation.takesBody()
                                        || !operation.parameters().isEmpty());
                        assertThat(named.contains(412))
                                .isEqualTo(operation.parameters().stream()
                                        .anyMatch(parameter -> "If-Match".equals(parameter.get("name"))));
                    })
                    .satisfies(named -> assertThat(open || named.contains(503)).isTrue());
            assertThat(statuses(operation, status -> status < 300))
                    .as(operation.name())
                    .hasSize(1);
        });
    }

    @Test
    void whatAPathNamesIsAParameterAndTheOtherWayRound() {
        assertThat(OpenApi.operations()).allSatisfy(operation -> {
            Set<String> named = Arrays.stream(operation.path().split("[{}]", -1))
                    .filter(part -> !part.contains("/"))
                    .filter(part -> operation.path().contains("{" + part + "}"))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(operation.parameters().stream()
                            .filter(parameter -> "path".equals(parameter.get("in")))
                            .map(parameter -> String.valueOf(parameter.get("name"))))
                    .as(operation.name())
                    .containsExactlyInAnyOrderElementsOf(named);
            assertThat(operation.parameters().stream().map(parameter -> parameter.get("name")))
                    .as(operation.name())
                    .doesNotHaveDuplicates();
        });
    }

    @Test
    void noSentenceIsCutAtItsComma() {
        assertThat(empty(OpenApi.document())).isEmpty();
    }

    @Test
    void everyTagIsOneOfTheList() {
        Set<Object> listed = new HashSet<>();
        ((List<?>) Objects.requireNonNull(OpenApi.document().get("tags")))
                .forEach(tag -> listed.add(((Map<?, ?>) tag).get("name")));

        assertThat(OpenApi.operations())
                .allSatisfy(operation -> assertThat(listed).containsAll((List<?>)
                        Objects.requireNonNull(operation.body().get("tags"))));
    }

    @Test
    void everyExampleIsValid() {
        List<Object> seen = new ArrayList<>();
        OpenApi.each(OpenApi.document(), "example", (node, example) -> {
            Map<?, ?> schema = node.get("schema") instanceof Map<?, ?> beside ? beside : node;
            seen.add(example);
            assertThat(OpenApi.problems(schema, JsonMapper.shared().writeValueAsString(example)))
                    .as(String.valueOf(example))
                    .isEmpty();
        });

        assertThat(seen).hasSizeGreaterThan(10);
    }

    @Test
    void everyReferenceLeadsSomewhereAndEverySchemaIsUsed() {
        Set<String> used = new TreeSet<>();
        OpenApi.each(OpenApi.document(), "$ref", (node, ref) -> {
            assertThat(OpenApi.resolved(node)).isNotEmpty();
            used.add(String.valueOf(ref).substring(String.valueOf(ref).lastIndexOf('/') + 1));
        });

        assertThat(used)
                .containsAll(OpenApi.at(OpenApi.at(OpenApi.document(), "components"), "schemas").keySet().stream()
                        .map(String::valueOf)
                        .toList());
    }

    /** Keys without a value: what YAML makes of a comma in a sentence between braces. */
    private static List<String> empty(Map<?, ?> map) {
        List<String> found = new ArrayList<>();
        map.forEach((key, value) -> {
            switch (value) {
                case null -> found.add(String.valueOf(key));
                case Map<?, ?> below -> found.addAll(empty(below));
                case List<?> list ->
                    list.stream()
                            .filter(Map.class::isInstance)
                            .forEach(below -> found.addAll(empty((Map<?, ?>) below)));
                default -> {}
            }
        });
        return found;
    }

    private static Map<?, ?> schema(String name) {
        return OpenApi.resolved(Map.of("$ref", "#/components/schemas/" + name));
    }

    private static Set<String> parts(Class<?> type) {
        return Stream.of(type.getRecordComponents())
                .map(part -> part.getName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Integer> statuses(OpenApi.Operation operation, Predicate<Integer> kept) {
        return operation.responses().keySet().stream()
                .map(String::valueOf)
                .filter(status -> !status.equals("default"))
                .map(Integer::valueOf)
                .filter(kept)
                .toList();
    }
}

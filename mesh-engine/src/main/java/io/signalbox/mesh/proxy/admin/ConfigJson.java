package io.signalbox.mesh.proxy.admin;

import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.model.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a sidecar acts on, as JSON for people; holds no key and no token. */
final class ConfigJson {

    private ConfigJson() {}

    static String of(MeshConfig config) {
        List<String> services = new ArrayList<>();
        new TreeMap<>(config.services())
                .forEach((name, service) -> services.add(quoted(name) + ":" + service(service)));
        return object("\"revision\":" + config.revision(), "\"services\":{" + String.join(",", services) + "}");
    }

    private static String service(ServiceConfig service) {
        TrafficPolicy policy = service.policy();
        return object(
                field("timeout", policy.timeout().toString()),
                field("balancing", policy.balancing().strategy().wireName()),
                "\"circuitBreaker\":"
                        + object(
                                "\"failureThreshold\":"
                                        + policy.circuitBreaker().failureThreshold(),
                                "\"successThreshold\":"
                                        + policy.circuitBreaker().successThreshold(),
                                field(
                                        "openDuration",
                                        policy.circuitBreaker().openDuration().toString()),
                                "\"halfOpenRequests\":"
                                        + policy.circuitBreaker().halfOpenRequests()),
                "\"maxAttempts\":" + policy.retry().maxAttempts(),
                "\"rules\":" + policy.rules().size(),
                "\"split\":" + split(service),
                "\"endpoints\":["
                        + String.join(
                                ",",
                                service.endpoints().stream()
                                        .map(ConfigJson::endpoint)
                                        .toList()) + "]");
    }

    private static String split(ServiceConfig service) {
        return switch (service.policy().splitting()) {
            case Splitting.Unsplit _ -> "{}";
            case Splitting.Weighted(Map<String, Weight> weights) -> weights(weights);
            case Splitting.Canary canary -> {
                Weight candidate = service.candidateShare(canary);
                yield object(
                        quoted(canary.stable()) + ":" + candidate.complement().percent(),
                        quoted(canary.candidate()) + ":" + candidate.percent());
            }
            case Splitting.AbTest test ->
                object(
                        quoted(test.versionA()) + ":" + test.weightA().percent(),
                        quoted(test.versionB()) + ":" + test.weightB().percent());
        };
    }

    private static String weights(Map<String, Weight> weights) {
        List<String> shares = new ArrayList<>();
        weights.forEach((version, weight) -> shares.add(quoted(version) + ":" + weight.percent()));
        return "{" + String.join(",", shares) + "}";
    }

    private static String endpoint(Endpoint endpoint) {
        String spiffeId = endpoint.spiffeId();
        return object(
                field("instance", endpoint.instanceId()),
                field("version", endpoint.version()),
                field("address", endpoint.host() + ":" + endpoint.port()),
                field("protocol", endpoint.protocol().wireName()),
                field("spiffeId", spiffeId == null ? "" : spiffeId));
    }

    private static String object(String... fields) {
        return "{" + String.join(",", fields) + "}";
    }

    private static String field(String name, String value) {
        return quoted(name) + ":" + quoted(value);
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}

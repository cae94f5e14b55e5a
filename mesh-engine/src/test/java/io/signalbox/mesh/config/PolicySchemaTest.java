package io.signalbox.mesh.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** The schema says what the readers do, as far as a schema can. */
final class PolicySchemaTest {

    private static final Path ROOT = Path.of(System.getProperty("signalbox.root", ".."));
    private static final Path READERS = ROOT.resolve("mesh-engine/src/main/java/io/signalbox/mesh/config");
    private static final List<String> OF_POLICIES = List.of(
            "PolicyReader",
            "AbWinnerReader",
            "CanaryReader",
            "WebhookReader",
            "BlueGreenReader",
            "StageReader",
            "BalancingReader",
            "BreakerReader",
            "RetryReader",
            "ProtectionReader",
            "RuleReader",
            "StickinessReader",
            "FaultReader",
            "MirrorReader",
            "AuthorizationReader");
    private static final Pattern ALLOWED =
            Pattern.compile("(?:allowing\\(\\s*Set\\.of\\(|FIELDS =\\s*Set\\.of\\(|DELAYS = List\\.of\\()([^)]*)\\)");
    private static final Pattern WORD = Pattern.compile("\"(\\w+)\"");

    private final Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(PolicyFormat.schema(), InputFormat.JSON);

    @Test
    void whatIsWrittenOfAnyPolicyIsValid() {
        Random random = new Random(11);
        for (int i = 0; i < 2_000; i++) {
            String json = PolicyFormat.json(RandomPolicies.next(random));
            assertThat(schema.validate(json, InputFormat.JSON)).as(json).isEmpty();
        }
    }

    @Test
    void theDocumentedPolicyIsValid() throws IOException {
        String docs = Files.readString(ROOT.resolve("docs/policies.md"));
        int begin = docs.indexOf("```yaml") + "```yaml".length();
        assertThat(problems(docs.substring(begin, docs.indexOf("```", begin)))).isEmpty();
    }

    @Test
    void theReadersAndTheSchemaKnowTheSameFields() throws IOException {
        Set<String> read = new TreeSet<>();
        for (String reader : OF_POLICIES) {
            String source = Files.readString(READERS.resolve(reader + ".java"));
            ALLOWED.matcher(source)
                    .results()
                    .forEach(fields -> WORD.matcher(fields.group(1))
                            .results()
                            .map(MatchResult::group)
                            .map(word -> word.substring(1, word.length() - 1))
                            .forEach(read::add));
        }
        assertThat(properties(JsonMapper.shared().readValue(PolicyFormat.schema(), Map.class)))
                .containsExactlyElementsOf(read);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "timeOut: 5s",
                "timeout: 5",
                "timeout: soon",
                "retry: { maxAttempts: 11 }",
                "retry: { maxAttempts: three }",
                "retry: { retryOn: [4xx] }",
                "retry: { budget: { ratio: 1.5 } }",
                "split: { v1: 120 }",
                "split: { v1: 100 }\ncanary: { stable: v1, candidate: v2 }",
                "canary: { stable: v1 }",
                "canary: { stable: v1, candidate: v2, webhooks: [ { name: a, url: 'ftp://b', when: rollback } ] }",
                "stickiness: { header: X, cookie: y }",
                "stickiness: {}",
                "loadBalancing: { strategy: fastest }",
                "circuitBreaker: { failureThreshold: 0 }",
                "circuitBreaker: { failureThreshold: 5, window: {} }",
                "rules: { to: v1 }",
                "rules: [ {} ]",
                "rules: [ { to: v1, redirect: { path: /x } } ]",
                "rules: [ { match: { headers: { X: { regex: a, prefix: b } } }, to: v1 } ]",
                "abTest: { versionA: v1, versionB: v2, splitKey: x y }",
                "abTest: { versionA: v1, versionB: v2, splitKey: X-User, winner: { metric: cost } }",
                "abTest: { versionA: v1, versionB: v2, splitKey: X-User, winner: { errorRate: 0.6 } }",
                "abTest: { versionA: v1, versionB: v2, splitKey: X-User, winner: { promote: maybe } }",
                "rules: [ { match: { headers: { ':path': a } }, to: v1 } ]",
                "rules: [ { to: v1, rewrite: { host: 'a:99999' } } ]",
                "rules: [ { to: v1, rewrite: { host: 'a:65536' } } ]",
                "rules: [ { to: v1, rewrite: { path: /%zz } } ]",
                "rules: [ { match: { pathPrefix: /a }, to: v1, rewrite: { pathPrefix: /a/.. } } ]",
                "rules: [ { redirect: { path: /a/%2e./b } } ]",
                "rules: [ { to: v1, requestHeaders: { set: { B3: '0' } } } ]",
                "rules: [ { to: v1, requestHeaders: { add: { X-B3-Sampled: '0' } } } ]",
                "rules: [ { to: v1, responseHeaders: { remove: [x-a, Content-Length] } } ]",
                "faults: [ { delay: 1s, share: 101 } ]",
                "faults: [ { abort: {}, reset: {} } ]",
                "mirror: { share: 10 }",
                "concurrencyLimit: { queue: 1 }",
                "rateLimit: { requests: 0 }",
                "callerLimit: { per: 1s }",
                "authorization: { default: perhaps }",
                "authorization: { mode: trial }",
                "authorization: { rules: [ {} ] }",
                "authorization: { rules: [ { action: refuse } ] }",
                "authorization: { rules: [ { action: deny, match: { headers: { X-Role: admin } } } ] }",
                "authorization: { rules: [ { action: deny, match: { query: { a: b } } } ] }"
            })
    void whatTheReadersRefuseForItsShapeIsInvalid(String fields) {
        String text = "apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: catalog\n" + fields + "\n";
        assertThat(problems(text)).isNotEmpty();
        assertThatThrownBy(() -> PolicyFormat.read(text)).isInstanceOf(InvalidDocumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abTest: { versionA: v1, versionB: v2, splitKey: X-User }",
                "abTest: { versionA: v1, versionB: v2, splitKey: X-User, winner: {} }",
                "abTest: { versionA: v1, versionB: v2, splitKey: X-User, winner: { metric: latency, promote: true } }",
                "rules: [ { to: v1, rewrite: { path: '/a/..b/%2e%2ec', host: 'a:65535' } } ]",
                "rules: [ { redirect: { host: shop.example } } ]",
                "rules: [ { to: v1, requestHeaders: { set: { b33: a, Hosts: b }, remove: te-x } } ]"
            })
    void whatComesNearToWhatIsRefusedIsValid(String fields) {
        String text = "apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: catalog\n" + fields + "\n";
        assertThat(problems(text)).isEmpty();
        assertThat(PolicyFormat.read(text).service()).isEqualTo("catalog");
    }

    private List<String> problems(String yaml) {
        return schema.validate(yaml, InputFormat.YAML).stream()
                .map(Error::toString)
                .toList();
    }

    /** The names of all fields anywhere in a schema. */
    private static Set<String> properties(Object node) {
        Set<String> names = new TreeSet<>();
        List<Object> open = new ArrayList<>(List.of(node));
        while (!open.isEmpty()) {
            switch (open.removeLast()) {
                case Map<?, ?> object -> {
                    if (object.get("properties") instanceof Map<?, ?> fields) {
                        fields.keySet().forEach(name -> names.add(String.valueOf(name)));
                    }
                    open.addAll(object.values());
                }
                case List<?> list -> open.addAll(list);
                default -> {}
            }
        }
        return names;
    }
}

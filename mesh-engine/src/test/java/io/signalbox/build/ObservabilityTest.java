package io.signalbox.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.metrics.BreakerReading;
import io.signalbox.mesh.metrics.Channel;
import io.signalbox.mesh.metrics.LimitReading;
import io.signalbox.mesh.metrics.MirrorResult;
import io.signalbox.mesh.metrics.ScrapeFormat;
import io.signalbox.mesh.metrics.SidecarMetrics;
import io.signalbox.mesh.model.AccessDecision;
import io.signalbox.mesh.model.AnsweredBy;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.EjectionReason;
import io.signalbox.mesh.model.Fault;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.RetryCondition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The dashboard and the alert rules ask for what sidecars really expose. */
final class ObservabilityTest {

    private static final String FOLDER = "packaging/observability/";
    private static final Pattern NAME = Pattern.compile("signalbox_[a-z_]+");
    private static final Pattern BY = Pattern.compile("\\bby \\(([^)]*)\\)");
    private static final Pattern MATCHER = Pattern.compile("[{,]([a-z_]+)(?:=~|!~|!=|=)\"");
    private static final Pattern SELECTOR = Pattern.compile("(signalbox_[a-z_]+)(\\{[^}]*})");
    private static final Pattern LABEL = Pattern.compile("[{,]([a-z_]+)=\"");
    private static final Pattern SHOWN = Pattern.compile("\\{\\{ *\\$?(?:labels\\.)?([a-z_]+) *}}");

    /** That Prometheus adds by itself. */
    private static final Set<String> OF_THE_SCRAPE = Set.of("job", "instance", "le");

    @ParameterizedTest
    @ValueSource(strings = {"alerts.yaml", "grafana-dashboard.json"})
    void everyMetricAndLabelIsOneOfTheirs(String file) throws IOException {
        String scrape = scrape();
        List<String> expressions = expressions(file);
        assertThat(expressions).hasSizeGreaterThan(10);

        assertThat(found(NAME, expressions))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(scrape).containsPattern("(?m)^" + name + "[{ ]"));
        Set<String> labels = found(LABEL, List.of(scrape));
        labels.addAll(OF_THE_SCRAPE);
        Set<String> used = found(MATCHER, expressions);
        found(BY, expressions).forEach(list -> used.addAll(List.of(list.split(", *"))));
        found(SHOWN, expressions).stream().filter(name -> !name.equals("value")).forEach(used::add);
        assertThat(labels).containsAll(used);
    }

    /** A label that another family has would be true of the scrape as a whole, and of no series. */
    @ParameterizedTest
    @ValueSource(strings = {"alerts.yaml", "grafana-dashboard.json"})
    void everyFamilyIsAskedForLabelsOfItsOwn(String file) throws IOException {
        String scrape = scrape();
        List<String> asked = new ArrayList<>();
        for (String expression : expressions(file)) {
            Matcher selector = SELECTOR.matcher(expression);
            while (selector.find()) {
                asked.add(selector.group());
                assertThat(labels(scrape, selector.group(1)))
                        .as(selector.group())
                        .containsAll(found(MATCHER, List.of(selector.group(2))));
            }
            Set<String> own = new TreeSet<>();
            found(NAME, List.of(expression)).forEach(name -> own.addAll(labels(scrape, name)));
            found(BY, List.of(expression))
                    .forEach(list -> assertThat(own).as(expression).containsAll(List.of(list.split(", *"))));
        }
        assertThat(asked).isNotEmpty();
    }

    /** Those of the series of one name. */
    private static Set<String> labels(String scrape, String name) {
        Set<String> labels = new TreeSet<>(OF_THE_SCRAPE);
        scrape.lines()
                .filter(line -> line.startsWith(name + "{"))
                .forEach(line -> labels.addAll(found(LABEL, List.of(line))));
        return labels;
    }

    @Test
    void everyFamilyIsOnTheDashboard() throws IOException {
        Set<String> exposed = found(Pattern.compile("(?m)^# TYPE (signalbox_[a-z_]+)"), List.of(scrape()));

        assertThat(found(NAME, expressions("grafana-dashboard.json")))
                .map(name -> name.replaceFirst("_bucket$", ""))
                .containsExactlyInAnyOrderElementsOf(exposed);
    }

    @Test
    void everyAlertSaysHowBadItIsAndIsExplained() throws IOException {
        String explained = Files.readString(SourceTree.ofThisBuild().root().resolve("docs/observability.md"));
        for (JsonNode rule : rules()) {
            assertThat(rule.at("/labels/severity").asString()).isIn("critical", "warning", "info");
            assertThat(rule.at("/annotations/summary").asString()).isNotBlank();
            assertThat(explained).contains("| `" + rule.at("/alert").asString() + "` |");
        }
    }

    private static List<String> expressions(String file) throws IOException {
        List<String> all = new ArrayList<>();
        if (file.endsWith(".yaml")) {
            for (JsonNode rule : rules()) {
                all.add(rule.at("/expr").asString());
                all.add(rule.at("/annotations/summary").asString());
            }
            return all;
        }
        JsonNode dashboard = new JsonMapper().readTree(read(file));
        Stream.of("expr", "legendFormat", "definition")
                .forEach(field -> dashboard.findValues(field).forEach(node -> all.add(node.asString())));
        return all;
    }

    private static JsonNode rules() throws IOException {
        return new YAMLMapper().readTree(read("alerts.yaml")).at("/groups/0/rules");
    }

    private static String read(String file) throws IOException {
        return Files.readString(SourceTree.ofThisBuild().root().resolve(FOLDER + file));
    }

    /** What matched; the group where there is one. */
    private static Set<String> found(Pattern pattern, List<String> texts) {
        Set<String> found = new TreeSet<>();
        for (String text : texts) {
            Matcher matcher = pattern.matcher(text);
            while (matcher.find()) {
                found.add(matcher.groupCount() == 0 ? matcher.group() : matcher.group(1));
            }
        }
        return found;
    }

    /** With something in each family. */
    private static String scrape() throws IOException {
        SidecarMetrics metrics = new SidecarMetrics(
                "shop",
                "shop-1",
                () -> List.of(
                        new BreakerReading("catalog", "catalog-1", BreakerState.OPEN, BreakerReading.Standing.EJECTED)),
                () -> List.of(new LimitReading("catalog", 20, 1, 2, 3)));
        var http = metrics.edge("catalog", "v1", "catalog-1", Protocol.HTTP, Channel.PLAIN);
        http.begin();
        http.end(503, AnsweredBy.MESH, Cause.BREAKER_OPEN, 1_000_000);
        http.retry(RetryCondition.RESET);
        var tcp = metrics.edge("mail", "v1", "mail-1", Protocol.TCP, Channel.PLAIN);
        tcp.begin();
        tcp.streamOpened();
        tcp.streamSent(1);
        tcp.streamReceived(1);
        tcp.streamEnded(Cause.CONNECT_FAILURE, 1_000_000);
        metrics.certificate(() -> Instant.EPOCH);
        metrics.renewed("ok");
        metrics.faultInjected("shop", "catalog", "slow", Fault.Side.SERVER);
        metrics.callerRefused("someone");
        metrics.access().count("someone", null, AccessDecision.DENIED, "rule", "GET", "/");
        metrics.ejected("catalog", "catalog-1", EjectionReason.FAILURES_IN_A_ROW);
        metrics.mirrored("catalog", "v2", MirrorResult.SAME_STATUS);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        metrics.scrape(out, ScrapeFormat.PROMETHEUS);
        return out.toString(StandardCharsets.UTF_8);
    }
}

package io.signalbox.mesh.config;

import io.signalbox.mesh.model.HeaderEdits;
import io.signalbox.mesh.model.PathTemplate;
import io.signalbox.mesh.model.RateLimit;
import io.signalbox.mesh.model.RetryPolicy;
import io.signalbox.mesh.model.Rewrite;
import io.signalbox.mesh.model.RouteEdits;
import io.signalbox.mesh.model.RouteMatch;
import io.signalbox.mesh.model.RoutingRule;
import io.signalbox.mesh.model.RuleTarget;
import io.signalbox.mesh.model.ValueMatch;
import io.signalbox.mesh.model.Weight;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one of a policy's {@code rules}. */
final class RuleReader {

    private static final List<String> TARGETS = List.of("to", "redirect", "directResponse");
    private static final Set<String> FIELDS = Set.of(
            "match",
            "to",
            "redirect",
            "directResponse",
            "weight",
            "timeout",
            "retry",
            "rateLimit",
            "rewrite",
            "requestHeaders",
            "responseHeaders");

    private RuleReader() {}

    static RoutingRule rule(Section section) {
        section.allowing(FIELDS);
        RouteMatch match = section.section("match").map(RuleReader::match).orElse(RouteMatch.ANY);
        RuleTarget target = target(section, match);
        Weight weight = section.weight("weight").orElse(Weight.ALL);
        Optional<Duration> timeout = section.duration("timeout");
        Optional<RetryPolicy> retry = section.section("retry").map(RetryReader::read);
        RouteEdits edits = new RouteEdits(
                section.section("rewrite").map(rewrite -> rewrite(rewrite, match)),
                section.section("requestHeaders").map(RuleReader::headerEdits).orElse(HeaderEdits.NONE),
                section.section("responseHeaders").map(RuleReader::headerEdits).orElse(HeaderEdits.NONE));
        Optional<RateLimit> rate = section.section("rateLimit").map(ProtectionReader::rateLimit);
        return section.build(() -> new RoutingRule(match, target, weight, timeout, retry, edits, rate));
    }

    /** Conditions of a rule, or of a fault. */
    static RouteMatch match(Section section) {
        section.allowing(Set.of(
                "headers", "path", "pathPrefix", "pathTemplate", "methods", "query", "sources", "sourceIdentities"));
        Map<String, ValueMatch> headers =
                section.section("headers").map(RuleReader::headers).orElse(Map.of());
        Optional<String> path = section.text("path");
        Optional<String> prefix = section.text("pathPrefix");
        Optional<PathTemplate> template = section.parsed("pathTemplate", PathTemplate::new);
        Set<String> methods = Set.copyOf(section.words("methods"));
        Map<String, ValueMatch> query =
                section.section("query").map(RuleReader::values).orElse(Map.of());
        Set<String> sources = Set.copyOf(section.words("sources"));
        Set<String> identities = Set.copyOf(section.words("sourceIdentities"));
        return section.build(
                () -> new RouteMatch(headers, path, prefix, template, methods, query, sources, identities));
    }

    private static Map<String, ValueMatch> headers(Section section) {
        section.eachName(RouteMatch::requireHeader);
        return values(section);
    }

    private static Map<String, ValueMatch> values(Section section) {
        Map<String, ValueMatch> values = new LinkedHashMap<>();
        for (String name : section.names()) {
            values.put(
                    name,
                    section.isSection(name)
                            ? value(section.section(name).orElseThrow())
                            : new ValueMatch.Exact(section.requiredText(name)));
        }
        return values;
    }

    private static ValueMatch value(Section section) {
        section.allowing(Set.of("exact", "prefix", "regex", "present"));
        List<String> given = section.names();
        if (given.size() != 1) {
            throw section.refused(
                    given.isEmpty() ? "exact" : given.get(1),
                    given.isEmpty() ? "missing" : "beside " + given.getFirst(),
                    "one of exact, prefix, regex, present");
        }
        return section.text("exact")
                .<ValueMatch>map(ValueMatch.Exact::new)
                .or(() -> section.parsed("prefix", ValueMatch.Prefix::new))
                .or(() -> section.parsed("regex", ValueMatch.Regex::new))
                .or(() -> section.truth("present")
                        .map(present -> present ? new ValueMatch.Present() : new ValueMatch.Absent()))
                .orElseThrow();
    }

    private static RuleTarget target(Section section, RouteMatch match) {
        List<String> given = TARGETS.stream().filter(section::has).toList();
        if (given.size() > 1) {
            throw section.refused(given.get(1), "beside " + given.getFirst(), "one of " + String.join(", ", TARGETS));
        }
        if (section.isSection("to")) {
            Map<String, Weight> weights = section.section("to").orElseThrow().weights();
            return section.build(() -> new RuleTarget.Weighted(weights));
        }
        return section.section("redirect")
                .map(redirect -> redirect(redirect, match))
                .or(() -> section.section("directResponse").map(RuleReader::directResponse))
                .orElseGet(() -> {
                    String version = section.requiredText("to");
                    return section.build(() -> new RuleTarget.Version(version));
                });
    }

    private static RuleTarget redirect(Section section, RouteMatch match) {
        section.allowing(Set.of("status", "scheme", "host", "path", "pathPrefix"));
        int status = section.number("status", RuleTarget.Redirect.DEFAULT_STATUS);
        Optional<String> scheme = section.text("scheme");
        Rewrite to = place(section, match);
        return section.build(() -> new RuleTarget.Redirect(status, scheme, to));
    }

    private static RuleTarget directResponse(Section section) {
        section.allowing(Set.of("status", "body", "contentType"));
        int status = section.requiredNumber("status");
        String body = section.text("body").orElse("");
        String type = section.text("contentType").orElse(RuleTarget.DirectResponse.DEFAULT_TYPE);
        return section.build(() -> new RuleTarget.DirectResponse(status, body, type));
    }

    private static Rewrite rewrite(Section section, RouteMatch match) {
        return place(section.allowing(Set.of("path", "pathPrefix", "host")), match);
    }

    private static Rewrite place(Section section, RouteMatch match) {
        Optional<String> path = section.text("path");
        Optional<String> prefix = section.text("pathPrefix");
        Optional<String> host = section.text("host");
        return section.build(() -> new Rewrite(path, prefix, host).requireFrom(match));
    }

    private static Map<String, String> fields(Section section) {
        section.eachName(HeaderEdits::requireName);
        section.names().forEach(name -> section.eachWord(name, value -> HeaderEdits.requireValue(name, value)));
        return section.texts();
    }

    private static HeaderEdits headerEdits(Section section) {
        section.allowing(Set.of("set", "add", "remove"));
        Map<String, String> set = section.section("set").map(RuleReader::fields).orElse(Map.of());
        Map<String, String> add = section.section("add").map(RuleReader::fields).orElse(Map.of());
        Set<String> remove = new LinkedHashSet<>(section.words("remove"));
        return section.build(() -> new HeaderEdits(set, add, remove));
    }
}

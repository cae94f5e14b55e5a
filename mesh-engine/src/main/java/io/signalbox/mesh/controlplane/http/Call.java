package io.signalbox.mesh.controlplane.http;

import io.signalbox.mesh.client.PendingChange;
import io.signalbox.mesh.client.TokenScope;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.controlplane.Caller;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.DurationText;
import io.signalbox.mesh.model.InvalidValueException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/** One request that passed the guards, with what its path named. For one thread. */
final class Call {

    static final int MAX_BODY = 1 << 20;
    static final String JSON = "application/json";
    static final Set<String> POLICY_TYPES = Set.of(JSON, "application/yaml", "application/x-yaml", "text/yaml");

    private static final Pattern REVISION = Pattern.compile("(?:W/)?\"(\\d{1,18})\"");

    private final Request request;
    private final Map<String, String> path;
    private final Caller caller;
    private @Nullable Fields query;

    Call(Request request, Map<String, String> path, Caller caller) {
        this.request = request;
        this.caller = caller;
        this.path = path;
    }

    Caller caller() {
        return caller;
    }

    /** Refuses a caller who acts for another service than its own; an admin's token acts for all. */
    void requireActsFor(String service) {
        if (caller.scope() instanceof TokenScope.Sidecar(String own) && !own.equals(service)) {
            throw new Refusal(Problem.of(403, "scope", caller.scope().text(), "sidecar:" + service + " or admin"));
        }
    }

    /** What the path holds at {@code {name}}, decoded. */
    String path(String name) {
        return path.getOrDefault(name, "");
    }

    Optional<String> query(String name) {
        if (query == null) {
            query = Request.extractQueryParameters(request);
        }
        return Optional.ofNullable(query.getValue(name)).filter(value -> !value.isBlank());
    }

    long number(String name, long otherwise, long most) {
        return query(name)
                .map(text -> {
                    InvalidValueException.unless(text.matches("\\d{1,15}"), name, text, "0.." + most);
                    return Math.min(most, Long.parseLong(text));
                })
                .orElse(otherwise);
    }

    Optional<String> header(HttpHeader name) {
        return Optional.ofNullable(request.getHeaders().get(name));
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeaders().get(name));
    }

    boolean accepts(String contentType) {
        return header(HttpHeader.ACCEPT)
                .filter(accept -> accept.contains(contentType))
                .isPresent();
    }

    /** The revision that {@code If-Match} names. */
    OptionalLong expectedRevision() {
        Optional<String> given = header(HttpHeader.IF_MATCH).filter(text -> !text.equals("*"));
        if (given.isEmpty()) {
            return OptionalLong.empty();
        }
        var matcher = REVISION.matcher(given.get().strip());
        InvalidValueException.unless(matcher.matches(), "If-Match", given.get(), "the ETag of a policy, such as \"3\"");
        return OptionalLong.of(Long.parseLong(matcher.group(1)));
    }

    /** After which time the change is taken back unless it is confirmed; empty for one that stands. */
    Optional<Duration> confirmWithin() {
        return query("confirmWithin").map(text -> PendingChange.within(DurationText.parse("confirmWithin", text)));
    }

    /** Who asks and why, from the query. */
    ChangeNote note() {
        return caller.note(new ChangeNote(
                query("by").orElse(ChangeNote.ANONYMOUS), query("reason").orElse("")));
    }

    /** Who asks and why, from the body if there is one, else from the query. */
    ChangeNote note(@Nullable String by, @Nullable String reason) {
        return caller.note(new ChangeNote(
                by == null || by.isBlank() ? query("by").orElse(ChangeNote.ANONYMOUS) : by,
                reason == null ? query("reason").orElse("") : reason));
    }

    <T> T body(Class<T> type) {
        return Json.readStrict(text(Set.of(JSON)), type);
    }

    /** Fields that the type does not have are left out. */
    <T> T lenientBody(Class<T> type) {
        return Json.read(text(Set.of(JSON)), type);
    }

    /** The same of what a sidecar tells, with no text in it that people could not be shown. */
    <T> T foreignBody(Class<T> type) {
        return Json.readForeign(text(Set.of(JSON)), type);
    }

    /** The same, refused where a part is missing. */
    <T> T wholeForeignBody(Class<T> type) {
        return Json.whole(foreignBody(type));
    }

    /** Empty when nothing was sent. */
    <T> Optional<T> optionalBody(Class<T> type) {
        return Guard.hasBody(request) ? Optional.of(body(type)) : Optional.empty();
    }

    /** Who asks and why: {@code {"by": …, "reason": …}}, or nothing at all. */
    ChangeNote noteBody() {
        return optionalBody(NoteBody.class)
                .map(body -> note(body.by(), body.reason()))
                .orElseGet(this::note);
    }

    String text(Set<String> contentTypes) {
        String type = header(HttpHeader.CONTENT_TYPE).orElse("");
        String media = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!contentTypes.contains(media)) {
            throw new Refusal(Problem.of(
                    415,
                    "Content-Type",
                    type.isEmpty() ? "none" : type,
                    String.join(" | ", contentTypes.stream().sorted().toList())));
        }
        return Bodies.read(Content.Source.asInputStream(request), MAX_BODY, StandardCharsets.UTF_8);
    }

    record NoteBody(@Nullable String by, @Nullable String reason) {}
}

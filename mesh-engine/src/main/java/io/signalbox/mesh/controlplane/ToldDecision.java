package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.client.json.JsonText;
import io.signalbox.mesh.client.json.MalformedJsonException;
import io.signalbox.mesh.explain.HeldHead;
import io.signalbox.mesh.explain.KeptRequest;
import io.signalbox.mesh.explain.LotRange;
import io.signalbox.mesh.explain.Recalled;
import io.signalbox.mesh.explain.Recalled.Attempt;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.Names;
import io.signalbox.mesh.routing.RouteSource;
import io.signalbox.mesh.routing.StableKeys;
import io.signalbox.mesh.tls.SpiffeId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What it takes to decide a request again, as a sidecar in another process tells it: without the values of secrets, stable
 * keys as hashes.
 *
 * @param target path and query as sent
 * @param fields each as {@code name:value}
 * @param identity the SPIFFE id that the caller proves; {@code null} without one
 * @param keys as they travel with a trace; empty for none
 * @param routed whether a service was found for it
 */
record ToldDecision(
        String method,
        String target,
        String authority,
        List<String> fields,
        HeldHead.Extent extent,
        @Nullable String identity,
        String keys,
        boolean routed,
        List<LotRange> lots,
        List<Attempt> attempts) {

    /** Characters of the JSON of one at most. */
    static final int LONGEST = 8_192;

    private static final int MOST_ATTEMPTS = 10;
    private static final int MOST_LOTS = 256;
    private static final int MOST_STATUS = 999;
    private static final long MOST_NANOS = Duration.ofDays(1).toNanos();

    /** Of a request that is to be told; {@code null} when that would be too long. */
    static @Nullable JsonText of(Recalled recalled) {
        HeldHead head = recalled.head().withoutSecrets();
        JsonText text = new JsonText(Json.text(new ToldDecision(
                head.method(),
                head.target(),
                head.authority(),
                head.fields().stream()
                        .map(field -> field.getKey() + ':' + field.getValue())
                        .toList(),
                head.extent(),
                recalled.caller().identity(),
                recalled.keys().toString(),
                recalled.routed(),
                recalled.lots(),
                recalled.attempts())));
        return isShort(text) ? text : null;
    }

    static boolean isShort(@Nullable JsonText told) {
        return told == null || told.text().length() <= LONGEST;
    }

    /** What it says of that request; {@code null} when that cannot be so, or cannot be read. */
    static @Nullable Recalled read(@Nullable JsonText told, KeptRequest request) {
        if (told == null) {
            return null;
        }
        try {
            return Json.readWhole(told.text(), ToldDecision.class).recalled(request);
        } catch (MalformedJsonException | InvalidValueException e) {
            return null;
        }
    }

    private Recalled recalled(KeptRequest request) {
        String caller = request.line().source();
        StableKeys known = StableKeys.parse(keys);
        InvalidValueException.unless(known.toString().equals(keys), "keys", keys, "hashes of stable keys");
        InvalidValueException.unless(lots.size() <= MOST_LOTS, "lots", lots.size(), "at most " + MOST_LOTS);
        InvalidValueException.unless(
                attempts.size() <= MOST_ATTEMPTS, "attempts", attempts.size(), "at most " + MOST_ATTEMPTS);
        InvalidValueException.unless(isOf(identity, caller), "identity", identity, "one of " + caller);
        attempts.forEach(ToldDecision::check);
        return new Recalled(
                request,
                request.line().durationNanos(),
                new RouteSource(caller, identity),
                new HeldHead(
                        method,
                        target,
                        authority,
                        fields.stream().map(ToldDecision::field).toList(),
                        extent),
                known,
                routed,
                lots,
                attempts);
    }

    /** Nobody speaks for a service as which somebody else proves to be. */
    private static boolean isOf(@Nullable String identity, String caller) {
        return identity == null
                || SpiffeId.parse(identity)
                        .service()
                        .filter(service -> !service.equals(caller))
                        .isEmpty();
    }

    private static void check(Attempt attempt) {
        var _ = Names.instance("instance", attempt.instance());
        var _ = Names.version("version", attempt.version());
        requireIn("startNanos", attempt.startNanos(), MOST_NANOS);
        requireIn("durationNanos", attempt.durationNanos(), MOST_NANOS);
        requireIn("status", attempt.status(), MOST_STATUS);
    }

    private static void requireIn(String field, long value, long most) {
        InvalidValueException.unless(value >= 0 && value <= most, field, value, "0.." + most);
    }

    private static Map.Entry<String, String> field(String text) {
        int colon = text.indexOf(':', 1);
        InvalidValueException.unless(colon > 0, "field", text, "name:value");
        return Map.entry(text.substring(0, colon), text.substring(colon + 1));
    }
}

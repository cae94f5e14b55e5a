package io.signalbox.shop.service;

import io.signalbox.shop.service.Message.RatingPage;
import io.signalbox.shop.service.Message.ReviewPage;
import io.signalbox.shop.service.Message.Reviewed;
import io.signalbox.shop.web.Application;
import io.signalbox.shop.web.Call;
import io.signalbox.shop.web.NeighbourFailure;
import io.signalbox.shop.web.Reply;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What customers wrote. Version 1 has words only; version 2 asks for ratings and shows whole stars, version 3 tenths of
 * a star. Goes on without stars when the ratings cannot be had.
 */
final class Reviews implements Application {

    private static final Duration WORK = Duration.ofMillis(2);

    private static final List<String> OPENINGS = List.of(
            "Just as described.", "Better than I hoped.", "It is all right.", "Not what I expected.", "Lovely.");
    private static final List<String> REMARKS = List.of(
            "I would buy it again.",
            "It came quickly and well packed.",
            "A little dear for what it is.",
            "My neighbour wants one as well.",
            "The second one I bought was even better.",
            "It did not last the week, but that is a compliment.",
            "The picture flatters it.");

    private final Workplace workplace;

    Reviews(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public Reply answer(Call call) {
        if (!call.method().equals("GET") || !call.path().equals("/reviews")) {
            throw Workplace.unknown(call);
        }
        workplace.pace().work(WORK);
        String items = call.required("items");
        Map<String, Double> stars = workplace.version().equals("v1") ? Map.of() : stars(call, items);
        Map<String, Reviewed> reviews = new LinkedHashMap<>();
        for (String item : items.split(",", -1)) {
            reviews.put(item, new Reviewed(texts(item), shown(stars.get(item))));
        }
        return Reply.ok(new ReviewPage(workplace.version(), reviews));
    }

    private Map<String, Double> stars(Call call, String items) {
        try {
            return workplace
                    .neighbours()
                    .get(call, "ratings", "/ratings?items=" + items)
                    .as(RatingPage.class)
                    .stars();
        } catch (NeighbourFailure withoutStars) {
            return Map.of();
        }
    }

    private @Nullable Double shown(@Nullable Double stars) {
        if (stars == null) {
            return null;
        }
        return workplace.version().equals("v2") ? Math.rint(stars) : Math.rint(stars * 10) / 10;
    }

    private static List<String> texts(String item) {
        int hash = Math.floorMod(item.hashCode(), OPENINGS.size() * REMARKS.size());
        String opening = OPENINGS.get(hash % OPENINGS.size());
        return List.of(opening, REMARKS.get(hash % REMARKS.size()));
    }
}

package io.signalbox.shop.service;

import io.signalbox.shop.web.Application;
import io.signalbox.shop.web.Chance;
import java.util.List;
import java.util.function.BiFunction;

/** Who works in the shop: every instance that runs beside a sidecar, and what it runs. */
public final class Staffing {

    private final Range range;
    private final CartSessions carts = new CartSessions();
    private final List<Post> posts;

    public Staffing(Range range) {
        this.range = range;
        posts = List.of(
                new Post("storefront", "v1", 1, Storefront::new),
                new Post("storefront", "v1", 2, Storefront::new),
                new Post("catalog", "v1", 1, this::catalog),
                new Post("catalog", "v1", 2, this::catalog),
                new Post("catalog", "v2", 3, this::catalog),
                new Post("reviews", "v1", 1, (place, _) -> new Reviews(place)),
                new Post("reviews", "v2", 2, (place, _) -> new Reviews(place)),
                new Post("reviews", "v3", 3, (place, _) -> new Reviews(place)),
                new Post("ratings", "v1", 1, (place, _) -> new Ratings(place)),
                new Post("ratings", "v1", 2, (place, _) -> new Ratings(place)),
                new Post("cart", "v1", 1, this::cart),
                new Post("cart", "v1", 2, this::cart),
                new Post("checkout", "v1", 1, (place, _) -> new Checkout(place)),
                new Post("checkout", "v1", 2, (place, _) -> new Checkout(place)),
                new Post("payment", "v1", 1, (place, _) -> new Payments(place)),
                new Post("payment", "v1", 2, (place, _) -> new Payments(place)),
                new Post("mailer", "v1", 1, (place, _) -> new Mailer(place)));
    }

    public List<Post> posts() {
        return posts;
    }

    private Application catalog(Workplace place, Chance chance) {
        return new Catalog(place, range);
    }

    private Application cart(Workplace place, Chance chance) {
        return new Carts(place, carts);
    }

    /** One instance to run; its id is the service and a number, such as {@code catalog-3}. */
    public record Post(
            String service, String version, int number, BiFunction<Workplace, Chance, Application> application) {

        public String instance() {
            return service + "-" + number;
        }

        /** The application, with its health endpoint, at that workplace. */
        public Application at(Workplace place, Chance chance) {
            return place.withHealth(application.apply(place, chance));
        }
    }
}

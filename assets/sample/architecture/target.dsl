workspace "Parcelline, option B" "Long work leaves the request; the cache is told; the service stands twice" {

    !identifiers hierarchical

    model {
        recipient = person "Recipient" "Waits for a parcel"
        dispatcher = person "Dispatcher" "Plans the delivery routes of a depot"
        finance = person "Finance clerk" "Closes the month, answers for invoices"
        customer = person "Business customer" "Ships parcels, pays by invoice"

        devices = softwareSystem "Depot devices" "Handhelds scan parcels, label stations print" "External"
        plugins = softwareSystem "Web-shop plug-ins" "Show prices and states in customers' shops" "External"
        optimiser = softwareSystem "Route optimiser" "Mapping provider; puts a route's stops in order" "External"
        accounting = softwareSystem "Accounting" "Ledger of the group" "External"

        parcelline = softwareSystem "Parcelline" "Dispatch, tracking and billing of all parcels between pick-up and the customer's invoice" {
            proxy = container "Reverse proxy" "Ends TLS, limits sign-in attempts, leaves out instances that are not ready" "nginx"
            api = container "parcelline-api" "Asks for a session, answers requests, leaves long work to jobs; two instances" "Node.js, Express: modular monolith"
            job = container "parcelline-job" "Plans routes, builds exports, bills the month" "Same code, second role"
            ingest = container "tracking-ingest" "Writes scans and states, tells the cache" "Node.js worker"
            database = container "Parcelline database" "Parcels, scans, routes, customers, invoices, queue of jobs" "PostgreSQL 15" "Database"
            cache = container "Cache" "Parcels, 60 s to live" "Redis 7" "Database"
        }

        recipient -> parcelline.proxy "Follows a parcel on the tracking page" "HTTPS"
        dispatcher -> parcelline.proxy "Works at the dispatch board" "HTTPS"
        finance -> parcelline.proxy "Exports and corrects invoices" "HTTPS"
        customer -> parcelline.proxy "Reads invoices in the portal" "HTTPS"
        plugins -> parcelline.proxy "Ask for quotes and states" "HTTPS/JSON"
        devices -> parcelline.proxy "Send scans, fetch labels" "HTTPS"
        finance -> accounting "Uploads the month's invoices by hand" "CSV file"

        parcelline.proxy -> parcelline.api "Forwards" "HTTP/1.1"
        parcelline.proxy -> parcelline.ingest "Forwards scans" "HTTP/1.1"
        parcelline.api -> parcelline.database "Reads, writes, enqueues jobs" "SQL, pool of 10"
        parcelline.api -> parcelline.cache "Caches parcels" "RESP"
        parcelline.job -> parcelline.database "Takes jobs, writes" "SQL"
        parcelline.job -> optimiser "Asks for the order of stops, 3 s at most" "HTTPS/JSON"
        parcelline.ingest -> parcelline.database "Writes scans and states" "SQL"
        parcelline.ingest -> parcelline.cache "Deletes a scanned parcel" "RESP"
    }

    views {
        container parcelline "containers" {
            title "Containers, option B"
            include *
            include accounting
            autoLayout tb
        }

        styles {
            element "External" {
                border dashed
            }
            element "Database" {
                shape cylinder
            }
        }
    }
}

"""The register of outside apps that ask grid workers for data, and what they cost (应用登记)."""

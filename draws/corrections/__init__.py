"""What sources disagree on, and corrections of what was public: kept, made from the history, no longer true."""
